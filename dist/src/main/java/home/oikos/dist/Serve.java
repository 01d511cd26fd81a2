package home.oikos.dist;

import home.oikos.cli.Home;
import home.oikos.host.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The server process: the whole home until TERM. What it cannot start for is left in the run directory for `up` to tell.
@Command(name = "serve")
final class Serve implements Callable<Integer> {
    static final String FAILURE = "failure";
    private static final String PID = "serve.pid";
    /// There while the API has answered: one that dies after that is started again at once, one that cannot start more and more slowly.
    private static final String READY = "ready";
    /// `down --keep-containers` leaves this.
    static final String KEEP = "keep-containers";

    @Mixin
    private final Home home;

    Serve(Home home) {
        this.home = home;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var instance = Instance.of(home.data()).prepare();
        var journal = new Journal(instance.dataDir(), home.clock());
        Files.writeString(instance.runDir().resolve(PID), String.valueOf(ProcessHandle.current().pid()));
        Files.deleteIfExists(instance.runDir().resolve(FAILURE));
        Files.deleteIfExists(instance.runDir().resolve(READY));
        try {
            return serve(instance, journal);
        } catch (Exception broken) {
            journal.tell("cannot start", broken);
            Files.writeString(instance.runDir().resolve(FAILURE), broken.getMessage() == null ? broken.toString() : broken.getMessage());
            return 1;
        }
    }

    private int serve(Instance instance, Journal journal) throws Exception {
        try (var signal = new StopSignal()) {
            serve(instance, journal, signal);
            return 0;
        }
    }

    private void serve(Instance instance, Journal journal, StopSignal signal) throws Exception {
        try (var server = HomeServer.start(instance, Settings.read(instance.dataDir()), home.clock(), new SecureRandom(), journal);
                var _ = HeapKeeper.ofThisProcess()) {
            Files.createFile(instance.runDir().resolve(READY));
            signal.await();
            server.keepContainers(Files.deleteIfExists(keep(instance)));
        } finally {
            Files.deleteIfExists(instance.runDir().resolve(PID));
        }
    }

    private static Path keep(Instance instance) {
        return instance.runDir().resolve(KEEP);
    }
}
