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
        try (var file = disk.open(name.toString()); var reader = new SnapshotReader(name.toString(), file)) {
            var end = reader.readAll(this::apply);
            revision = end.revision();
            reserved = end.createRevision();
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
                if (!last || TornTail.wasSynced(file, e.offset())) {
                    throw new CorruptLogException(name.toString(), e.offset(), e.getMessage());
                }
            }
            return reader.offset();
        }
    }

    private void apply(LogRecord record) throws IOException {
        switch (record.kind()) {
            case PUT, SEALED -> put(record);
            case DELETE -> delete(record);
            case RESERVE -> reserved = record.revision();
            case END -> throw new IllegalStateException("the end of a snapshot inside a log");
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
}
