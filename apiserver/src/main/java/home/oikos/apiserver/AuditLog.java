package home.oikos.apiserver;

import home.oikos.api.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;

/// JSON lines in `audit.log`, older ones in `audit.1.log` and so on. Written without fsync: a line may be lost in a power cut, and costs
/// an SD card no write of its own. When the disk refuses, the API goes on and says so once. Safe for use by several threads.
public final class AuditLog implements AutoCloseable {
    /// About 4,000 lines. CIS asks for files of 100 MB; a home writes some hundred lines a day.
    private static final long FILE_BYTES_MAX = 2 << 20;
    /// With the current one 20 MiB in all, which is months.
    private static final int OLD_FILES_MAX = 9;
    /// Four for each request that the server handles at once; at about 600 bytes a line 600 KiB.
    private static final int WAITING_LINES_MAX = 1_024;
    private static final System.Logger LOG = System.getLogger(AuditLog.class.getName());

    private final Path directory;
    private final Queue<byte[]> waiting = new ArrayBlockingQueue<>(WAITING_LINES_MAX);
    /// Guards what follows.
    private final ReentrantLock lock = new ReentrantLock();
    private FileChannel file;
    private long fileBytes;
    private boolean failing;

    private AuditLog(Path directory, FileChannel file) throws IOException {
        this.directory = directory;
        this.file = file;
        fileBytes = file.size();
    }

    /// @param directory made when it is absent, for its owner only
    public static AuditLog open(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) Files.createDirectories(directory,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return new AuditLog(directory, append(directory));
    }

    private static FileChannel append(Path directory) throws IOException {
        return FileChannel.open(directory.resolve("audit.log"), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /// Whoever finds nobody writing writes what all have brought meanwhile: many requests at once are one call to the system. Blocks only
    /// while the disk is so slow that too much waits.
    void write(JsonObject line) {
        var bytes = line.bytes();
        while (!waiting.offer(bytes)) {
            lock.lock();
            writeWaiting();
        }
        while (!waiting.isEmpty() && lock.tryLock()) writeWaiting();
    }

    /// Called with the lock, and gives it back.
    private void writeWaiting() {
        try {
            var lines = takeWaiting();
            if (lines.hasRemaining()) append(lines);
        } finally {
            lock.unlock();
        }
    }

    private ByteBuffer takeWaiting() {
        var lines = new ByteArrayOutputStream();
        for (var line = waiting.poll(); line != null; line = waiting.poll()) {
            lines.writeBytes(line);
            lines.write('\n');
        }
        return ByteBuffer.wrap(lines.toByteArray());
    }

    private void append(ByteBuffer lines) {
        try {
            if (fileBytes > 0 && fileBytes + lines.remaining() > FILE_BYTES_MAX) rotate();
            fileBytes += lines.remaining();
            while (lines.hasRemaining()) file.write(lines);
            failing = false;
        } catch (IOException e) {
            if (!failing) LOG.log(System.Logger.Level.WARNING, "the audit log in " + directory + " cannot be written: " + e.getMessage());
            failing = true;
        }
    }

    private void rotate() throws IOException {
        file.close();
        for (int i = OLD_FILES_MAX; i > 1; i--) move("audit." + (i - 1) + ".log", "audit." + i + ".log");
        move("audit.log", "audit.1.log");
        file = append(directory);
        fileBytes = 0;
    }

    private void move(String from, String to) throws IOException {
        if (Files.exists(directory.resolve(from))) Files.move(directory.resolve(from), directory.resolve(to),
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            file.close();
        } finally {
            lock.unlock();
        }
    }
}
