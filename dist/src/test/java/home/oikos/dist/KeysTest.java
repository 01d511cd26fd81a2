package home.oikos.dist;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.host.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
    private static final Settings STICKLESS = Settings.DEFAULT.withApi("127.0.0.1", 6_443);

    @TempDir
    private Path folder;

    private Instance instance() {
        return Instance.of(folder.resolve("data")).prepare();
    }

    private Keys open(Settings settings) throws Exception {
        return Keys.open(instance(), settings, Clock.systemUTC(), new SecureRandom());
    }

    @AfterEach
    void sweep() throws IOException {
        Folders.remove(instance().runDir());
    }

    @Test
    void homeMadeWithAKeyElsewhereIsNotGivenAnotherRootKey() throws Exception {
        open(STICKLESS.withKey(folder.resolve("stick/root")));
        var refusal = assertThrows(IOException.class, () -> open(STICKLESS));
        assertTrue(refusal.getMessage().contains("--key FILE"), refusal.getMessage());
        assertFalse(Files.exists(folder.resolve("data/keys/root")));
    }

    @Test
    void stickThatIsNotPluggedInIsNotMadeAnew() throws Exception {
        var settings = STICKLESS.withKey(folder.resolve("stick/root"));
        open(settings);
        Folders.remove(folder.resolve("stick"));
        assertThrows(IOException.class, () -> open(settings));
        assertFalse(Files.exists(folder.resolve("stick")));
    }

    @Test
    void sameKeyOpensTheSameHomeAgain() throws Exception {
        var settings = STICKLESS.withKey(folder.resolve("stick/root"));
        var first = open(settings).authority().certificatePem();
        assertTrue(first.equals(open(settings).authority().certificatePem()));
    }
}
