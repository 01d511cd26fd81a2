package home.oikos.dist;

import home.oikos.cli.Home;
import home.oikos.cli.Screen;
import home.oikos.cri.Containerd;
import home.oikos.host.Effects;
import home.oikos.host.Instance;
import home.oikos.host.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// After `down`: whatever a server that was killed left on the machine goes too.
@Command(name = "sweep")
final class Sweep implements Callable<Integer> {
    private static final Duration GRACE = Duration.ofSeconds(10);

    @Mixin
    private final Home home;
    private final Screen screen;

    Sweep(Home home, Screen screen) {
        this.home = home;
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException {
        var instance = Instance.of(home.data());
        if (!Files.isDirectory(instance.runDir())) return 0;
        for (var child : List.of("simulated-house", "mosquitto")) Supervisor.end(child, instance.runDir(), GRACE);
        Containerd.sweep(instance, GRACE);
        new Effects(instance.runDir()).undoAll();
        Folders.remove(instance.runDir());
        return 0;
    }
}
