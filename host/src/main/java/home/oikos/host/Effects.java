package home.oikos.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
        return read(file);
    }

    private static List<Effect> read(Path file) {
        try (var lines = Files.lines(file)) {
            return Effect.parse(lines).toList();
        } catch (IOException none) {
            return List.of();
        }
    }

    /// Writes a kernel setting and remembers what it was before any home first touched it: two homes may need the same one.
    public synchronized void set(Path setting, String value) {
        try {
            var now = Files.readString(setting).strip();
            var known = Stream.concat(list().stream(), neighbours().stream()).filter(effect -> concerns(effect, setting)).findFirst();
            if (now.equals(value) && known.isEmpty()) return;
            remember(known.orElse(new Effect.SettingChanged(setting, now)));
            if (!now.equals(value)) Files.writeString(setting, value);
        } catch (IOException refused) {
            throw new UncheckedIOException("kernel setting " + setting + " cannot be set to " + value, refused);
        }
    }

    private static boolean concerns(Effect effect, Path setting) {
        return effect instanceof Effect.SettingChanged changed && changed.file().equals(setting);
    }

    /// What the other homes of this machine have made.
    private List<Effect> neighbours() {
        var all = new ArrayList<Effect>();
        try (var homes = Files.list(file.toAbsolutePath().getParent().getParent())) {
            homes.map(home -> home.resolve("effects")).filter(other -> !other.equals(file)).filter(Files::isRegularFile)
                    .forEach(other -> all.addAll(read(other)));
        } catch (IOException | UncheckedIOException none) {
            // Without the folder of all homes there are no others.
        }
        return all;
    }

    /// Undoes everything, newest first, and forgets it. A setting that another home needs too is left to the last of them.
    public synchronized void undoAll() {
        var needed = neighbours();
        list().reversed().stream().filter(effect -> !(effect instanceof Effect.SettingChanged) || !needed.contains(effect))
                .forEach(Effect::undo);
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            throw new UncheckedIOException(file + " cannot be deleted", stays);
        }
    }
}
