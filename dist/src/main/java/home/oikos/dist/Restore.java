package home.oikos.dist;

import home.oikos.api.Json;
import home.oikos.cli.Home;
import home.oikos.cli.Refusal;
import home.oikos.cli.Screen;
import home.oikos.pki.RecoveryKey;
import home.oikos.pki.SealedStream;
import home.oikos.pki.SecretFile;
import home.oikos.store.LogStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `restore FILE`: a home from a backup, into a folder where none is. It asks for the recovery key. What is restored is put beside
/// the folder first and moved in whole, so that a wrong key or a broken file leaves nothing.
@Command(name = "restore")
final class Restore implements Callable<Integer> {
    @Mixin
    private final Home home;
    private final Screen screen;

    @Parameters(index = "0", paramLabel = "FILE")
    private Path file;
    @Option(names = "--recovery-key-file", paramLabel = "FILE", description = "reads the recovery key from a file instead of asking")
    private Path keyFile;

    Restore(Home home, Screen screen) {
        this.home = home;
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException {
        var data = home.data().toAbsolutePath();
        if (Files.exists(Settings.file(data))) {
            throw new Refusal("there is a home in " + data + " already; restore overwrites nothing. Stop it, move the folder away, and try again");
        }
        var next = data.resolveSibling("." + data.getFileName() + ".restore");
        Folders.remove(next);
        try {
            unpack(next);
            Files.createDirectories(data);
            moveInto(next, data);
        } finally {
            Folders.remove(next);
        }
        screen.out().println("The home is back in " + data + ". ./oikos up starts it.");
        return 0;
    }

    private void unpack(Path next) throws IOException {
        SecretFile.createDirectories(next);
        try (var in = SealedStream.opening(Files.newInputStream(file), recoveryKey())) {
            Archive.read(in, (name, content) -> entry(next, name, content));
        } catch (NoSuchFileException none) {
            throw new Refusal("there is no file " + file);
        } catch (GeneralSecurityException wrong) {
            throw new Refusal("the recovery key does not open " + file + ": " + wrong.getMessage());
        }
        if (!Files.exists(next.resolve(Archive.SETTINGS)) || !Files.isDirectory(next.resolve(Archive.STORE))) {
            throw new Refusal(file + " is no whole backup of a home; nothing was restored");
        }
    }

    private static void entry(Path next, String name, InputStream content) throws IOException {
        switch (name) {
            case Archive.STORE -> LogStore.restore(content, next.resolve(Archive.STORE));
            case Archive.ROOT_KEY -> SecretFile.write(next.resolve("keys/root"), Archive.small(name, content));
            case Archive.SETTINGS -> SecretFile.write(next.resolve(name), settings(Archive.small(name, content)));
            default -> file(inside(next, name), name, content);
        }
    }

    private static void file(Path target, String name, InputStream content) throws IOException {
        if (name.startsWith(Archive.IMAGES + "/")) {
            SecretFile.createDirectories(target.getParent());
            Files.copy(content, target);
        } else {
            SecretFile.write(target, Archive.small(name, content));
        }
    }

    /// The root key comes back into DIR, wherever it was kept before: a stick that is lost with the machine helps nobody.
    private static byte[] settings(byte[] bytes) {
        return Json.parse(bytes).object().without("key").bytes();
    }

    private static Path inside(Path next, String name) throws IOException {
        var target = next.resolve(name).normalize();
        if (Archive.FOLDERS.stream().noneMatch(folder -> target.startsWith(next.resolve(folder)))) {
            throw new IOException("the backup names " + name + ", which is no file of a home");
        }
        return target;
    }

    private RecoveryKey recoveryKey() throws IOException, GeneralSecurityException {
        if (keyFile != null) return RecoveryKey.parse(Files.readString(keyFile));
        screen.out().print("The recovery key (eight groups of four): ");
        screen.out().flush();
        var line = new BufferedReader(new InputStreamReader(screen.in(), StandardCharsets.UTF_8)).readLine();
        if (line == null) throw new Refusal("restore needs the recovery key that was shown when the home was made; nothing was restored");
        return RecoveryKey.parse(line);
    }

    private static void moveInto(Path next, Path data) throws IOException {
        try (var entries = Files.list(next)) {
            for (var entry : entries.toList()) Files.move(entry, data.resolve(entry.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        } catch (UncheckedIOException broken) {
            throw broken.getCause();
        }
    }
}
