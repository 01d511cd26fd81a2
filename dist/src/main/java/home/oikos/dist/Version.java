package home.oikos.dist;

import home.oikos.cli.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `version`: which build this is, and what it runs on.
@Command(name = "version")
final class Version implements Callable<Integer> {
    static final String NUMBER = "0.1.0";

    @Option(names = "--data", hidden = true)
    private Path data;

    private final Screen screen;

    Version(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException {
        screen.out().println("oikos " + NUMBER + build() + ", Java " + Runtime.version().feature() + ", " + System.getProperty("os.arch"));
        return 0;
    }

    /// The build's hash stands beside lib/, where this class was loaded from.
    private static String build() throws IOException {
        var jar = Path.of(Version.class.getProtectionDomain().getCodeSource().getLocation().getPath());
        var file = jar.getParent().resolveSibling("VERSION");
        return Files.exists(file) ? " (" + Files.readString(file).strip() + ")" : "";
    }
}
