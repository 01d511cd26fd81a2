package home.oikos.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Keeps a second process out of a data directory. The kernel drops the lock with its process, so it never needs clearing;
/// the pid inside only serves the message.
record DirectoryLock(FileChannel channel) implements Closeable {
    static final String NAME = "lock";

    static DirectoryLock take(Path directory) throws IOException {
        var path = directory.resolve(NAME);
        var channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) throw held(directory);
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new DirectoryLock(channel);
        } catch (OverlappingFileLockException _) {
            channel.close();
            throw held(directory);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static IOException held(Path directory) throws IOException {
        return new IOException("%s is in use by process %s; stop it first, or choose another data directory"
                .formatted(directory, Files.readString(directory.resolve(NAME)).strip()));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
