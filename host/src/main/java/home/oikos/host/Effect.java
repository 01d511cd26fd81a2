package home.oikos.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Something that an instance changed on this machine, told so that anybody can undo it later: also a `down` after our sudden death.
public sealed interface Effect {
    /// Puts the machine back; no error when it is back already.
    void undo();

    /// One nftables table.
    record TableMade(String table) implements Effect {
        @Override
        public void undo() {
            Nftables.OF_THE_MACHINE.delete(table);
        }
    }

    /// An address on a link, as in `10.70.2.1/32` on `lo`.
    record AddressAdded(String address, String link) implements Effect {
        @Override
        public void undo() {
            Command.of("ip", "addr", "del", address, "dev", link).tryRun();
        }
    }

    /// A kernel setting below /proc/sys that had another value before.
    record SettingChanged(Path file, String before) implements Effect {
        @Override
        public void undo() {
            try {
                Files.writeString(file, before);
            } catch (IOException gone) {
                // A setting that went away with its module needs nothing.
            }
        }
    }

    /// Mounts at and below a folder.
    record MountsMade(Path folder) implements Effect {
        @Override
        public void undo() {
            Mounts.unmountAll(folder);
        }
    }

    /// A cgroup with all below it, in every hierarchy.
    record CgroupMade(String path) implements Effect {
        @Override
        public void undo() {
            Cgroups.remove(path);
        }
    }

    /// Links whose names begin so: the host's ends of pod links that no pod took with it.
    record LinksMade(String prefix) implements Effect {
        @Override
        public void undo() {
            Links.names().stream().filter(name -> name.startsWith(prefix)).forEach(Links::delete);
        }
    }

    /// Rules with this mark in a chain of somebody else's, added after a yes.
    record RulesAdded(String chain, String mark) implements Effect {
        @Override
        public void undo() {
            Nftables.OF_THE_MACHINE.deleteMarked(chain, mark);
        }
    }

    /// The line that [#parse] reads; a path may hold spaces, so tabs part the fields.
    default String line() {
        return switch (this) {
            case TableMade(var table) -> "table\t" + table;
            case AddressAdded(var address, var link) -> "address\t" + address + "\t" + link;
            case SettingChanged(var file, var before) -> "setting\t" + file + "\t" + before;
            case MountsMade(var folder) -> "mounts\t" + folder;
            case CgroupMade(var path) -> "cgroup\t" + path;
            case LinksMade(var prefix) -> "links\t" + prefix;
            case RulesAdded(var chain, var mark) -> "rules\t" + chain + "\t" + mark;
        };
    }

    static Optional<Effect> parse(String line) {
        var words = line.split("\t", 3);
        if (words.length < 2) return Optional.empty();
        return switch (words[0]) {
            case "table" -> Optional.of(new TableMade(words[1]));
            case "address" -> Optional.of(new AddressAdded(words[1], words[2]));
            case "setting" -> Optional.of(new SettingChanged(Path.of(words[1]), words[2]));
            case "mounts" -> Optional.of(new MountsMade(Path.of(words[1])));
            case "cgroup" -> Optional.of(new CgroupMade(words[1]));
            case "links" -> Optional.of(new LinksMade(words[1]));
            case "rules" -> Optional.of(new RulesAdded(words[1], words[2]));
            default -> Optional.empty();
        };
    }

    static Stream<Effect> parse(Stream<String> lines) {
        return lines.flatMap(line -> parse(line).stream());
    }
}
