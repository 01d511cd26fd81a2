package home.oikos.dist;

import home.oikos.api.Json;
import home.oikos.cli.Home;
import home.oikos.cli.Refusal;
import home.oikos.cli.Screen;
import home.oikos.client.Call;
import home.oikos.client.Resources;
import home.oikos.cri.Containerd;
import home.oikos.host.Instance;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// What `up` does once the server runs: waits until it is ready, makes the demo home if asked for, and says what to do next.
@Command(name = "welcome")
final class Welcome implements Callable<Integer> {
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration NODE_WITHIN = Duration.ofSeconds(30);

    @Mixin
    private final Home home;
    private final Screen screen;

    Welcome(Home home, Screen screen) {
        this.home = home;
        this.screen = screen;
    }

    @Override
    public Integer call() throws Exception {
        var settings = Settings.read(home.data());
        var progress = new Progress(screen, home.clock());
        progress.await("api", READY_WITHIN, () -> ready(settings));
        if (settings.containers()) containers(progress);
        if (settings.demo()) demo(settings, progress);
        tell(settings);
        return 0;
    }

    private void containers(Progress progress) throws InterruptedException {
        try {
            progress.await("containers", NODE_WITHIN, this::node);
        } catch (Refusal notReady) {
            throw new Refusal(notReady.getMessage() + "\n  devices, rules and the page run without them: ./oikos up --no-containers");
        }
    }

    private void demo(Settings settings, Progress progress) throws Exception {
        if (settings.containers()) DemoImages.build(home, progress);
        var demo = new Demo(home, settings);
        demo.apply();
        demo.await(progress);
    }

    private Progress.State ready(Settings settings) {
        failure();
        boolean done = Files.exists(home.data().resolve("kubeconfig")) && answers(settings);
        return new Progress.State(done, done ? "ready on port " + settings.port() : "starting");
    }

    /// Ready, or why not: what keeps containers from running stands on the Node.
    private Progress.State node() {
        var node = home.client().list(Resources.NODES, "").stream().findFirst();
        var ready = node.map(found -> condition(found, "Ready")).orElse(Json.NULL);
        if (!ready.at("status").text("").equals("True")) return new Progress.State(false, ready.at("message").text("containerd starts"));
        // After a start the Node says for a moment what it said in its last life.
        boolean runs = Containerd.listens(Instance.of(home.data()));
        return new Progress.State(runs, runs ? "containerd runs" : "containerd starts");
    }

    private static Json condition(Json object, String type) {
        return object.at("status", "conditions").array().stream().filter(each -> each.at("type").text("").equals(type)).findFirst().orElse(Json.NULL);
    }

    /// A new home is ready a moment before it knows the kinds that the first manifest is of.
    private boolean answers(Settings settings) {
        try {
            return home.client().exchange(Call.of("GET", "/readyz")).isSuccess() && (!settings.home() || new HomeKinds(home.client()).areServed());
        } catch (UncheckedIOException | Refusal notYet) {
            return false;
        }
    }

    /// A server that cannot start leaves its reason here.
    private void failure() {
        var file = Instance.of(home.data()).runDir().resolve(Serve.FAILURE);
        try {
            if (Files.exists(file)) throw new Refusal("the home cannot start: " + Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void tell(Settings settings) throws IOException {
        var out = screen.out();
        out.println();
        out.println("Your home is alive.");
        if (!settings.home()) {
            beside(out);
            return;
        }
        out.println("  page        " + LoginLink.create(home, false));
        out.println("              opens once, within " + LoginLink.LIFE.toMinutes() + " minutes; certificate " + LoginLink.fingerprint(home));
        out.println("  kubectl     export KUBECONFIG=" + home.data().resolve("kubeconfig"));
        recovery();
        if (settings.demo()) {
            out.println("  try         ./oikos set kitchen-light on=true" + data());
            out.println("              ./oikos simulate house --fault leak-sensor wet" + data() + "       (watch the valve)");
            if (settings.containers()) out.println("              kubectl -n media delete pod --all                    (watch it come back)");
        } else {
            out.println("  next        ./oikos apply -f FILE" + data() + ", or ./oikos up --demo for a home to play with");
        }
    }

    /// A home without controllers of its own waits for those of `oikos home`.
    private void beside(PrintStream out) throws IOException {
        var kubeconfig = home.data().resolve("kubeconfig");
        out.println("  kubectl     export KUBECONFIG=" + kubeconfig);
        recovery();
        out.println("  next        ./oikos home --kubeconfig " + kubeconfig + "       (devices, rules and the page, beside it)");
    }

    private String data() {
        var standard = java.nio.file.Path.of("/var/lib/oikos");
        return home.data().equals(standard) ? "" : " --data " + home.data();
    }

    /// The recovery key waits in memory-backed storage until it was shown, once.
    private void recovery() throws IOException {
        var file = Instance.of(home.data()).runDir().resolve(Keys.RECOVERY);
        if (!Files.exists(file)) return;
        screen.out().println("  recovery    " + Files.readString(file).strip());
        screen.out().println("              write it down: restore asks for it, and it is not shown again");
        Files.delete(file);
    }
}
