package home.oikos.pki;

import static org.junit.jupiter.api.Assertions.*;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataKeysTest {
    private static final byte[] SECRET = "correct horse".getBytes();
    private final SecureRandom random = new SecureRandom();

    @TempDir
    Path directory;

    private RootKey root() throws Exception {
        return RootKey.inFile(directory.resolve("root"), random);
    }

    private DataKeys open(RootKey root) throws Exception {
        return DataKeys.open(directory.resolve("data"), root, random);
    }

    @Test
    void sealedBytesOpenAfterARestartAndDoNotShowTheirContent() throws Exception {
        var sealed = open(root()).seal("/secrets/a", SECRET);
        assertFalse(new String(sealed, java.nio.charset.StandardCharsets.ISO_8859_1).contains("correct"));
        assertArrayEquals(SECRET, open(root()).open("/secrets/a", sealed));
    }

    @Test
    void sealingTwiceGivesDifferentBytes() throws Exception {
        var keys = open(root());
        assertNotEquals(java.util.HexFormat.of().formatHex(keys.seal("/a", SECRET)), java.util.HexFormat.of().formatHex(keys.seal("/a",
                SECRET)));
    }

    @Test
    void sealedBytesDoNotOpenAtAnotherPlaceNorWithAnyBitChanged() throws Exception {
        var keys = open(root());
        var sealed = keys.seal("/secrets/a", SECRET);
        assertThrows(GeneralSecurityException.class, () -> keys.open("/secrets/b", sealed));
        for (int i = 0; i < sealed.length; i++) {
            var changed = sealed.clone();
            changed[i] ^= 1;
            assertThrows(GeneralSecurityException.class, () -> keys.open("/secrets/a", changed), "byte " + i);
        }
        assertThrows(GeneralSecurityException.class, () -> keys.open("/secrets/a", new byte[3]));
    }

    @Test
    void anotherRootKeyDoesNotOpenTheHome() throws Exception {
        open(root());
        var other = RootKey.inFile(directory.resolve("other"), random);
        var refused = assertThrows(GeneralSecurityException.class, () -> open(other));
        assertTrue(refused.getMessage().contains("another key file or passphrase"), refused.getMessage());
    }

    @Test
    void afterRotationOldBytesStillOpen() throws Exception {
        var keys = open(root());
        var old = keys.seal("/a", SECRET);
        keys.rotate();
        var fresh = keys.seal("/a", SECRET);
        assertEquals(2, fresh[4]);
        assertArrayEquals(SECRET, open(root()).open("/a", old));
        assertArrayEquals(SECRET, open(root()).open("/a", fresh));
    }

    @Test
    void rewrappedKeysOpenWithTheNewRootOnly() throws Exception {
        var sealed = open(root()).seal("/a", SECRET);
        var passphrase = RootKey.ofPassphrase("open sesame".toCharArray(), directory.resolve("salt"), random);
        open(root()).rewrap(passphrase);
        var again = RootKey.ofPassphrase("open sesame".toCharArray(), directory.resolve("salt"), random);
        assertArrayEquals(SECRET, open(again).open("/a", sealed));
        assertThrows(GeneralSecurityException.class, () -> open(root()));
    }

    @Test
    void wrongRootFileIsRefusedAndNotOverwritten() throws Exception {
        var file = directory.resolve("root");
        Files.writeString(file, "my shopping list");
        assertThrows(GeneralSecurityException.class, this::root);
        assertEquals("my shopping list", Files.readString(file));
    }

    @Test
    void keyFilesAreForTheirOwnerOnly() throws Exception {
        open(root());
        for (var name : java.util.List.of("root", "data")) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name))));
        }
    }
}
