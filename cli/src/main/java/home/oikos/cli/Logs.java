package home.oikos.cli;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.client.LogOptions;
import home.oikos.client.Resources;
import home.oikos.client.Selection;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `logs media -f`: the log of a pod, or of the first pod of a workload of that name.
@Command(name = "logs", description = "what a container says")
final class Logs implements Callable<Integer> {
    @Mixin
    private final Home home;
    private final Screen screen;

    @Parameters(index = "0", paramLabel = "NAME")
    private String name;
    @Option(names = {"-f", "--follow"})
    private boolean follow;
    @Option(names = {"-p", "--previous"}, description = "of the run before this one")
    private boolean previous;
    @Option(names = {"-c", "--container"})
    private String container = "";
    @Option(names = "--tail", paramLabel = "LINES")
    private Integer tail;
    @Option(names = "--timestamps")
    private boolean timestamps;
    @Option(names = {"-n", "--namespace"})
    private String namespace = "";

    Logs(Home home, Screen screen) {
        this.home = home;
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException {
        var pod = Pods.named(home, name, namespace);
        try (var log = home.client().logs(pod, new LogOptions(container, follow, previous, Optional.ofNullable(tail), timestamps))) {
            log.body().transferTo(screen.out());
        }
        screen.out().flush();
        return 0;
    }

    /// Pods as people name them.
    static final class Pods {
        private Pods() { }

        /// The pod of that name, else the first running one whose name begins with it and a dash.
        static ObjectKey named(Home home, String name, String namespace) {
            var pods = home.client().list(Resources.PODS, namespace, Selection.ALL);
            return pods.stream().filter(pod -> nameOf(pod).equals(name)).findFirst()
                    .or(() -> pods.stream().filter(pod -> nameOf(pod).startsWith(name + "-")).filter(Pods::isRunning).findFirst())
                    .map(ObjectKey::of).orElseThrow(() -> new Refusal("there is no running pod called " + name + "; there are "
                            + pods.stream().map(Pods::nameOf).collect(Collectors.joining(", ", "", pods.isEmpty() ? "none" : ""))));
        }

        private static String nameOf(Json pod) {
            return pod.at("metadata", "name").text("");
        }

        private static boolean isRunning(Json pod) {
            return pod.at("status", "phase").text("").equals("Running");
        }
    }
}
