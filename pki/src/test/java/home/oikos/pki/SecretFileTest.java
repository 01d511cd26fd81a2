package home.oikos.pki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFileTest {
    @TempDir
    private Path directory;
    private Path file;

    @BeforeEach
    void writes() throws IOException {
        file = directory.resolve("root");
        SecretFile.write(file, bytes("first"));
    }

    @Test
    void fileThatIsAsWantedIsNotTouched() throws IOException {
        var before = inode(file);
        SecretFile.write(file, bytes("first"));
        assertEquals(before, inode(file));
    }

    @Test
    void otherContentOfTheSameLengthReplacesIt() throws IOException {
        SecretFile.write(file, bytes("other"));
        assertEquals("other", Files.readString(file));
    }

    @Test
    void secretThatOthersMayReadIsReplaced() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        SecretFile.write(file, bytes("first"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void linkToAFileThatSaysSoIsReplacedByAFile() throws IOException {
        var link = Files.createSymbolicLink(directory.resolve("link"), file);
        SecretFile.write(link, bytes("first"));
        assertNotEquals(inode(file), inode(link));
    }

    private static Object inode(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
