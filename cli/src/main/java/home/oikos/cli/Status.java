package home.oikos.cli;

import home.oikos.api.Json;
import home.oikos.client.Resource;
import home.oikos.client.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `status`: the home in a few lines.
@Command(name = "status", description = "how the home is")
final class Status implements Callable<Integer> {
    private static final List<Resource> RULES = List.of(Resource.namespaced("oikos.home/v1alpha1", "interlocks", "Interlock"),
            Resource.namespaced("oikos.home/v1alpha1", "reactions", "Reaction"), Resource.namespaced("oikos.home/v1alpha1", "scalers", "Scaler"));

    @Mixin
    private final Home home;
    private final Screen screen;

    Status(Home home, Screen screen) {
        this.home = home;
        this.screen = screen;
    }

    @Override
    public Integer call() {
        var findings = Findings.of(home.client());
        var headline = findings.isEmpty() ? "all is well" : Words.count(findings.size(), "thing") + (findings.size() == 1 ? " needs you" : " need you");
        screen.out().printf("%-20s %s%n", headline, figures());
        line("devices", devices());
        line("workloads", workloads());
        line("rules", rules());
        for (var finding : findings) screen.out().println("  " + finding.what());
        return 0;
    }

    private void line(String title, String text) {
        if (!text.isEmpty()) screen.out().printf("%-20s %s%n", title, text);
    }

    private String figures() {
        var metrics = Metrics.of(home.client());
        var figures = new ArrayList<String>();
        metrics.value("process_start_time_seconds").ifPresent(start -> {
            var up = Duration.between(Instant.ofEpochSecond((long) start), home.clock().instant());
            figures.add("up " + Words.span(up));
            metrics.value("process_resident_memory_bytes").ifPresent(bytes -> figures.add(Math.round(bytes / 1e6) + " MB"));
            metrics.value("process_cpu_seconds_total").ifPresent(cpu -> figures.add(one(100 * cpu / Math.max(1, up.toSeconds())) + " % of a core"));
        });
        metrics.value("oikos_disk_written_bytes_total").ifPresent(bytes -> figures.add(one(bytes / 1e6) + " MB written"));
        return String.join(" · ", figures);
    }

    private static String one(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private String devices() {
        var devices = home.client().list(SetDesired.DEVICES, "");
        if (devices.isEmpty()) return "none yet";
        long inSync = devices.stream().filter(device -> Devices.is(device, "InSync")).count();
        var late = devices.stream().filter(device -> Devices.condition(device, "Fresh").at("status").text("").equals("False"))
                .map(device -> "; " + device.at("metadata", "name").text("") + " last heard " + heard(device)).collect(Collectors.joining());
        return inSync + " of " + devices.size() + " in sync" + late;
    }

    private String heard(Json device) {
        return Words.instant(device.at("status", "heardTime").text("")).map(then -> Words.ago(then, home.clock().instant())).orElse("never");
    }

    private String workloads() {
        var deployments = home.client().list(Resources.DEPLOYMENTS, "");
        if (deployments.isEmpty()) return "none yet";
        long ready = deployments.stream().filter(Status::isReady).count();
        var missing = deployments.stream().filter(deployment -> !isReady(deployment)).map(Status::shortfall).collect(Collectors.joining());
        return ready + " of " + deployments.size() + " ready" + missing;
    }

    private static boolean isReady(Json deployment) {
        return deployment.at("status", "readyReplicas").integer(0) >= deployment.at("spec", "replicas").integer(1);
    }

    private static String shortfall(Json deployment) {
        return "; %s %d of %d".formatted(deployment.at("metadata", "name").text(""), deployment.at("status", "readyReplicas").integer(0),
                deployment.at("spec", "replicas").integer(1));
    }

    private String rules() {
        long all = 0;
        long broken = 0;
        for (var rule : RULES) {
            for (var object : home.client().list(rule, "")) {
                all++;
                if (Devices.condition(object, "Holding").at("status").text("").equals("False")) broken++;
            }
        }
        return all == 0 ? "" : all + (broken == 0 ? " holding, none broken" : ", " + broken + " broken");
    }
}
