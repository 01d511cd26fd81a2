package home.oikos.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Debian packages from the machine's own apt sources, fetched and unpacked into a folder. Nothing is installed, no maintainer script runs.
public final class Packages {
    /// A slow line and a large package: 200 MB at 1 Mbit/s.
    private static final Duration DOWNLOAD_TIMEOUT = Duration.ofMinutes(30);

    private final Path work;

    /// @param work an empty folder for downloads
    public Packages(Path work) {
        this.work = work;
    }

    /// Downloads the named packages with all they depend on (not what they recommend).
    /// @param progress hears one line a package
    /// @throws CommandException in apt's words when a package is unknown or cannot be fetched
    public List<Path> download(List<String> names, Consumer<String> progress) {
        prepare();
        var wanted = apt("--print-uris").with(names.toArray(String[]::new)).run().lines().stream()
                .filter(line -> line.startsWith("'")).toList();
        progress.accept(wanted.size() + " packages");
        apt("--download-only").with(names.toArray(String[]::new)).run();
        return archives();
    }

    /// Unpacks packages over each other into a folder.
    public static void unpack(List<Path> archives, Path root) {
        archives.forEach(archive -> Command.of("dpkg-deb", "-x", archive.toString(), root.toString()).run());
    }

    /// An apt that believes nothing is installed yet, so that the closure is whole whatever this machine has.
    private Command apt(String mode) {
        var words = new ArrayList<>(List.of("apt-get", "-q", "-y", mode, "--no-install-recommends"));
        for (var option : List.of("Dir::State::status=" + work.resolve("status"), "Dir::State::extended_states=" + work.resolve("extended"),
                "Dir::Cache::archives=" + work.resolve("archives"), "Dir::Cache::pkgcache=", "Dir::Cache::srcpkgcache=",
                "Debug::NoLocking=true", "APT::Sandbox::User=root", "Dir::Log=" + work.resolve("log"))) {
            words.addAll(List.of("-o", option));
        }
        words.add("install");
        return Command.of(words).variable("DEBIAN_FRONTEND", "noninteractive").within(DOWNLOAD_TIMEOUT);
    }

    private void prepare() {
        try {
            Files.createDirectories(work.resolve("archives/partial"));
            Files.createDirectories(work.resolve("log"));
            Files.write(work.resolve("status"), new byte[0]);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("download folder " + work, unwritable);
        }
    }

    private List<Path> archives() {
        try (var found = Files.list(work.resolve("archives"))) {
            return found.filter(file -> file.toString().endsWith(".deb")).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("download folder " + work, unreadable);
        }
    }
}
