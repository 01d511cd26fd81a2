package home.oikos.store;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Reads a file header and then record after record.
final class RecordReader implements Closeable {
    private static final int BUFFER_BYTES = 64 << 10;

    private final DataInputStream input;
    private long offset;

    RecordReader(InputStream input) {
        this.input = new DataInputStream(new BufferedInputStream(input, BUFFER_BYTES));
    }

    /// Where the next record begins; where a bad one begins, it stays.
    long offset() {
        return offset;
    }

    void header(String file) throws IOException {
        FileHeader.check(file, input.readNBytes(FileHeader.BYTES));
        offset = FileHeader.BYTES;
    }

    /// The next record, or nothing at the end.
    Optional<LogRecord> next() throws IOException {
        var prefix = input.readNBytes(LogRecord.PREFIX_BYTES);
        if (prefix.length == 0) return Optional.empty();
        if (prefix.length < LogRecord.PREFIX_BYTES) throw new BadRecordException(offset, "it breaks off inside a record");
        var numbers = ByteBuffer.wrap(prefix);
        int length = numbers.getInt();
        if (!LogRecord.plausible(length)) throw new BadRecordException(offset, "a record of %d bytes cannot be".formatted(length));
        var body = input.readNBytes(length);
        if (body.length < length) throw new BadRecordException(offset, "it breaks off inside a record");
        if (LogRecord.checksum(length, body, 0) != numbers.getInt()) throw new BadRecordException(offset, "the checksum does not match");
        offset += LogRecord.PREFIX_BYTES + length;
        return Optional.of(LogRecord.decode(body, 0, length));
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    /// The bytes at an offset are no record.
    static final class BadRecordException extends IOException {
        private static final long serialVersionUID = 1;

        private final long offset;

        BadRecordException(long offset, String found) {
            super(found);
            this.offset = offset;
        }

        long offset() {
            return offset;
        }
    }
}
