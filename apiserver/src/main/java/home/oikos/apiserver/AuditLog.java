package home.oikos.apiserver;

import home.oikos.api.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// JSON lines in `audit.log`, older ones in `audit.1.log` and so on. Written without fsync: a line may be lost in a power cut, and costs
/// an SD card no write of its own. When the disk refuses, the API goes on and says so once. Safe for use by several threads.
public final class AuditLog implements AutoCloseable {
    /// About 4,000 lines. CIS asks for files of 100 MB; a home writes some hundred lines a day.
    private static final long FILE_BYTES_MAX = 2 << 20;
    /// With the current one 20 MiB in all, which is months.
    private static final int OLD_FILES_MAX = 9;
    private static final System.Logger LOG = System.getLogger(AuditLog.class.getName());

    private final Path directory;
    private FileChannel file;
    private boolean failing;

    private AuditLog(Path directory, FileChannel file) {
        this.directory = directory;
        this.file = file;
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

    synchronized void write(JsonObject line) {
        var json = line.bytes();
        var bytes = ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
        try {
            if (file.size() + bytes.remaining() > FILE_BYTES_MAX) rotate();
            while (bytes.hasRemaining()) file.write(bytes);
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
    }

    private void move(String from, String to) throws IOException {
        if (Files.exists(directory.resolve(from))) Files.move(directory.resolve(from), directory.resolve(to),
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
