package home.oikos.e2e;

import home.oikos.host.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// The installed build that homes are started from, as `./oikos` makes it: given by the system property `oikos.build`, else made now.
record Build(Path folder, String java) {
    private static final Duration BUILD_TIMEOUT = Duration.ofMinutes(10);

    static Build find() {
        var java = System.getProperty("oikos.java", System.getProperty("java.home"));
        var given = System.getProperty("oikos.build");
        if (given != null) return new Build(Path.of(given), java);
        var checkout = checkout();
        Command.of(checkout.resolve("oikos").toString(), "version").within(BUILD_TIMEOUT).run();
        return new Build(checkout.resolve("target/oikos"), java);
    }

    static Path checkout() {
        var here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("oikos"))) here = here.getParent();
        return here;
    }

    String script() {
        return folder.resolve("oikos").toString();
    }
}
