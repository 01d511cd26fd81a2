package home.oikos.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// A file on a real disk, readable by its owner alone.
final class ChannelFile implements LogFile {
    /// Pieces of this size go through one buffer of our own: the JDK would keep one as large as the largest write for each thread.
    private static final int PIECE_BYTES = 128 << 10;

    private final Path path;
    private final FileChannel channel;
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);

    ChannelFile(Path path) throws IOException {
        this.path = path;
        channel = FileChannel.open(path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            int length = Math.min(bytes.remaining(), PIECE_BYTES);
            piece.clear().put(0, bytes, bytes.position(), length).limit(length);
            while (piece.hasRemaining()) channel.write(piece);
            bytes.position(bytes.position() + length);
        }
    }

    @Override
    public void cut(long size) throws IOException {
        channel.truncate(size);
    }

    @Override
    public void sync() throws IOException {
        channel.force(false);
    }

    @Override
    public InputStream input(long offset) throws IOException {
        var input = Files.newInputStream(path);
        input.skipNBytes(offset);
        return input;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
