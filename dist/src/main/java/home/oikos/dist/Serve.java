package home.oikos.dist;

import home.oikos.cli.Home;
import home.oikos.host.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The server process: the whole home until TERM. What it cannot start for is left in the run directory for `up` to tell.
@Command(name = "serve")
final class Serve implements Callable<Integer> {
    static final String FAILURE = "failure";
    private static final String PID = "serve.pid";
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
        try {
            return serve(instance, journal);
        } catch (Exception broken) {
            journal.tell("cannot start", broken);
            Files.writeString(instance.runDir().resolve(FAILURE), broken.getMessage() == null ? broken.toString() : broken.getMessage());
            return 1;
        }
    }

    private int serve(Instance instance, Journal journal) throws Exception {
        var stop = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.countDown();
            awaitQuietly(stopped);
        }));
        try (var server = HomeServer.start(instance, Settings.read(instance.dataDir()), home.clock(), new SecureRandom(), journal)) {
            stop.await();
            server.keepContainers(Files.deleteIfExists(keep(instance)));
        } finally {
            Files.deleteIfExists(instance.runDir().resolve(PID));
            stopped.countDown();
        }
        return 0;
    }

    private static Path keep(Instance instance) {
        return instance.runDir().resolve(KEEP);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
