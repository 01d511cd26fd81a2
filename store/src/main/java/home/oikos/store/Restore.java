package home.oikos.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/// Turns a backup into the first snapshot of an empty directory.
record Restore(Disk disk) {
    /// After the backup was made its home went on and handed out revisions; none of them may come again with other content. At
    /// 10 writes a second a thousand million is three years.
    static final long REVISION_STEP = 1_000_000_000;

    private static final int PIECE_BYTES = 64 << 10;

    void from(InputStream backup) throws IOException {
        if (FileName.all(disk.list()).stream().anyMatch(file -> !file.is(FileName.UNFINISHED))) {
            throw new IOException("there is a store in this directory already; restore into an empty one");
        }
        var unfinished = FileName.unfinished(1).toString();
        try (var file = disk.open(unfinished)) {
            copy(backup, file);
            moveRevisionOn(file);
            file.sync();
        }
        // The snapshot first: a crash between the two leaves something that refuses to open, not an empty home.
        disk.rename(unfinished, FileName.snapshot(1).toString());
        disk.syncDirectory();
        Log.create(disk, 1).close();
    }

    private static void copy(InputStream backup, LogFile file) throws IOException {
        file.cut(0);
        for (var piece = backup.readNBytes(PIECE_BYTES); piece.length > 0; piece = backup.readNBytes(PIECE_BYTES)) {
            file.append(ByteBuffer.wrap(piece));
        }
    }

    private static void moveRevisionOn(LogFile file) throws IOException {
        long end;
        LogRecord last;
        try (var reader = new SnapshotReader("the backup", file)) {
            last = reader.readAll(_ -> { });
            end = reader.endOffset();
        }
        file.cut(end);
        var moved = LogRecord.end(last.revision(), last.createRevision() + REVISION_STEP, last.digitsOffset());
        file.append(moved.encode(ByteBuffer.allocate(PIECE_BYTES)).flip());
    }
}
