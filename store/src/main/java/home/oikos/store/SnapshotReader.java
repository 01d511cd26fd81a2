package home.oikos.store;

import java.io.Closeable;
import java.io.IOException;

/// Reads a whole snapshot, which must be complete to its last byte.
final class SnapshotReader implements Closeable {
    private final String name;
    private final RecordReader reader;
    private long endOffset;
    private int count;

    SnapshotReader(String name, LogFile file) throws IOException {
        this.name = name;
        reader = new RecordReader(file.input(0));
    }

    /// @return the record that ends it
    /// @throws CorruptLogException when it is damaged or incomplete
    LogRecord readAll(Target target) throws IOException {
        reader.header(name);
        var record = next();
        while (record.kind() != LogRecord.Kind.END) {
            target.accept(record);
            count++;
            record = next();
        }
        if (record.digitsOffset() != count) throw damaged("it holds %d entries instead of %d".formatted(count, record.digitsOffset()));
        if (reader.next().isPresent()) throw damaged("something follows its end");
        return record;
    }

    /// Where the record begins that ends it.
    long endOffset() {
        return endOffset;
    }

    private LogRecord next() throws IOException {
        endOffset = reader.offset();
        try {
            return reader.next().orElseThrow(() -> damaged("its end is missing"));
        } catch (RecordReader.BadRecordException e) {
            throw damaged(e.getMessage());
        }
    }

    private CorruptLogException damaged(String found) {
        return new CorruptLogException(name, reader.offset(), found);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    /// Where its entries go.
    interface Target {
        void accept(LogRecord record) throws IOException;
    }
}
