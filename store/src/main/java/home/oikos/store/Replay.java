package home.oikos.store;

import java.io.IOException;
import java.util.Map;

/// Reads what is on the disk back into a tree. Changes nothing there.
final class Replay {
    private final Disk disk;
    private final Sealing sealing;
    private Tree tree = Tree.EMPTY;
    private long revision;
    private long reserved;

    Replay(Disk disk, Map<String, Seal> seals) {
        this.disk = disk;
        sealing = new Sealing(seals);
    }

    /// Reads everything.
    static Replay of(Disk disk, Map<String, Seal> seals) throws IOException {
        var replay = new Replay(disk, seals);
        replay.files(DiskContent.of(disk));
        return replay;
    }

    /// Reads the newest snapshot and the logs after it.
    /// @return where the last whole record of the last log ends
    long files(DiskContent content) throws IOException {
        if (content.snapshot().isPresent()) snapshot(content.snapshot().get());
        long end = 0;
        for (var log : content.logs()) end = log(log, log == content.logs().getLast());
        return end;
    }

    Tree tree() {
        return tree;
    }

    /// The newest revision that may have been handed out.
    long revision() {
        return Math.max(revision, reserved);
    }

    private void snapshot(FileName name) throws IOException {
        try (var file = disk.open(name.toString()); var reader = new RecordReader(file.input(0))) {
            reader.header(name.toString());
            while (true) {
                long offset = reader.offset();
                var record = reader.next().orElseThrow(() -> new CorruptLogException(name.toString(), offset, "its end is missing"));
                apply(record);
                if (record.kind() == LogRecord.Kind.END) break;
            }
            if (reader.next().isPresent()) throw new CorruptLogException(name.toString(), reader.offset(), "something follows its end");
        } catch (RecordReader.BadRecordException e) {
            throw new CorruptLogException(name.toString(), e.offset(), e.getMessage());
        }
    }

    /// Reads one log, and returns where its last whole record ends.
    /// @param last only the last log may break off: those before were synced when the next began
    private long log(FileName name, boolean last) throws IOException {
        try (var file = disk.open(name.toString()); var reader = new RecordReader(file.input(0))) {
            reader.header(name.toString());
            try {
                for (var record = reader.next(); record.isPresent(); record = reader.next()) apply(record.get());
            } catch (RecordReader.BadRecordException e) {
                if (!last || TornTail.wasSynced(file, e.offset())) throw new CorruptLogException(name.toString(), e.offset(), e.getMessage());
            }
            return reader.offset();
        }
    }

    private void apply(LogRecord record) throws IOException {
        switch (record.kind()) {
            case PUT, SEALED -> put(record);
            case DELETE -> delete(record);
            case RESERVE -> reserved = record.revision();
            case END -> end(record);
        }
    }

    private void put(LogRecord record) throws IOException {
        var value = record.kind() == LogRecord.Kind.PUT ? record.value() : sealing.open(record.key(), record.value());
        tree = tree.with(new Entry(record.key(), value, record.digitsOffset(), record.revision(), record.createRevision(),
                new Entry.Attachment(null)));
        revision = Math.max(revision, record.revision());
    }

    private void delete(LogRecord record) {
        tree = tree.without(record.key());
        revision = record.revision();
    }

    private void end(LogRecord record) throws IOException {
        if (tree.size() != record.digitsOffset()) {
            throw new RecordReader.BadRecordException(0, "it holds %d entries instead of %d".formatted(tree.size(), record.digitsOffset()));
        }
        revision = record.revision();
        reserved = record.createRevision();
    }
}
