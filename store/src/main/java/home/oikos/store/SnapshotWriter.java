package home.oikos.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/// Turns a tree into the bytes of a snapshot: header, one record an entry, and the end with the count.
final class SnapshotWriter {
    private final Sealing sealing;
    private final Sink sink;
    private final int pieceBytes;
    private ByteBuffer piece;

    SnapshotWriter(LogOptions options, Sink sink, int pieceBytes) {
        sealing = new Sealing(options.seals());
        this.sink = sink;
        this.pieceBytes = pieceBytes;
        piece = ByteBuffer.allocate(pieceBytes);
    }

    void write(Tree tree, long revision, long reserved) throws IOException {
        piece.put(FileHeader.encode(FileHeader.FORMAT));
        try {
            tree.range("", "", entry -> add(LogRecord.put(entry, sealing.of(entry.key()), 0)));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        add(LogRecord.end(revision, reserved, tree.size()));
        flush();
    }

    private boolean add(LogRecord record) {
        piece = record.encode(piece);
        try {
            if (piece.position() >= pieceBytes) flush();
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void flush() throws IOException {
        sink.accept(piece.flip());
        piece.clear();
    }

    /// Where the bytes of a snapshot go.
    interface Sink {
        void accept(ByteBuffer bytes) throws IOException;
    }
}
