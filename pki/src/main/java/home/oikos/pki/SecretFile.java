package home.oikos.pki;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/// Writes small files so that a power cut leaves the old or the new content, and that secrets are never readable by others,
/// not even for the instant between creation and chmod. A file that is as wanted is not touched.
public final class SecretFile {
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> EVERYONE = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> OWNER_DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private SecretFile() { }

    /// Replaces a file that only its owner may read (0600).
    public static void write(Path file, byte[] content) throws IOException {
        write(file, content, OWNER);
    }

    /// Replaces a file that everyone may read (0644).
    public static void writePublic(Path file, byte[] content) throws IOException {
        write(file, content, EVERYONE);
    }

    private static void write(Path file, byte[] content, Set<PosixFilePermission> permissions) throws IOException {
        if (holds(file, content, permissions)) return;
        var directory = file.toAbsolutePath().getParent();
        createDirectories(directory);
        var next = directory.resolve("." + file.getFileName() + ".next");
        Files.deleteIfExists(next);
        try (var channel = FileChannel.open(next, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), only(permissions))) {
            var bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) channel.write(bytes);
            channel.force(true);
        }
        // The umask may have taken from 0644 what a phone that downloads the CA needs.
        Files.setPosixFilePermissions(next, permissions);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        // Without a sync of the directory the rename itself may be lost.
        try (var parent = FileChannel.open(directory, StandardOpenOption.READ)) {
            parent.force(true);
        }
    }

    /// Every start says most of its files again, and each replacement waits for the disk twice.
    private static boolean holds(Path file, byte[] content, Set<PosixFilePermission> permissions) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) == content.length
                && Files.getPosixFilePermissions(file).equals(permissions) && Arrays.equals(Files.readAllBytes(file), content);
    }

    /// Makes a directory that only its owner may enter; one that is there stays as it is.
    public static void createDirectories(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) Files.createDirectories(directory, only(OWNER_DIRECTORY));
    }

    private static FileAttribute<Set<PosixFilePermission>> only(Set<PosixFilePermission> permissions) {
        return PosixFilePermissions.asFileAttribute(permissions);
    }
}
