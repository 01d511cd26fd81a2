package home.oikos.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// The list of what an instance changed on this machine, in its run directory. An effect is written down before it is made, so that
/// none is ever forgotten; writing one twice keeps one.
public final class Effects {
    private final Path file;

    public Effects(Path runDir) {
        this.file = runDir.resolve("effects");
    }

    public synchronized void remember(Effect effect) {
        if (list().contains(effect)) return;
        try {
            Files.writeString(file, effect.line() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(file + " cannot be written", unwritable);
        }
    }

    /// What was made, oldest first.
    public synchronized List<Effect> list() {
        try (var lines = Files.lines(file)) {
            return Effect.parse(lines).toList();
        } catch (IOException none) {
            return List.of();
        }
    }

    /// Writes a kernel setting and remembers what it was before we first touched it.
    public synchronized void set(Path setting, String value) {
        try {
            var before = Files.readString(setting).strip();
            if (before.equals(value)) return;
            var known = list().stream().anyMatch(effect -> effect instanceof Effect.SettingChanged changed
                    && changed.file().equals(setting));
            if (!known) remember(new Effect.SettingChanged(setting, before));
            Files.writeString(setting, value);
        } catch (IOException refused) {
            throw new UncheckedIOException("kernel setting " + setting + " cannot be set to " + value, refused);
        }
    }

    /// Undoes everything, newest first, and forgets it.
    public synchronized void undoAll() {
        list().reversed().forEach(Effect::undo);
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            throw new UncheckedIOException(file + " cannot be deleted", stays);
        }
    }
}
