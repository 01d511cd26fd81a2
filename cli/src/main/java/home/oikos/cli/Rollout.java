package home.oikos.cli;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.Patch;
import home.oikos.client.Resource;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rollout status firmwarerollout/appliances`: where it is and what it waits for; `pause`, `resume`, `abort`, and `undo`, which goes back to the
/// firmware that was complete before. Each is a patch of the spec that anybody may make by hand.
@Command(name = "rollout", description = "a rollout of firmware")
final class Rollout implements Callable<Integer> {
    private static final Resource ROLLOUTS = Resource.namespaced("oikos.home/v1alpha1", "firmwarerollouts", "FirmwareRollout");
    private static final String KIND = "firmwarerollout/";

    @Mixin
    private final Home home;
    private final Screen screen;

    @Parameters(index = "0", paramLabel = "status|pause|resume|abort|undo")
    private String what;
    @Parameters(index = "1", paramLabel = "firmwarerollout/NAME")
    private String named;
    @Option(names = {"-n", "--namespace"})
    private String namespace = "home";

    Rollout(Home home, Screen screen) {
        this.home = home;
        this.screen = screen;
    }

    @Override
    public Integer call() {
        var key = new ObjectKey(namespace, name());
        var rollout = home.client().get(ROLLOUTS, key);
        switch (what) {
            case "status" -> status(rollout);
            case "pause" -> change(key, "is paused: nothing is offered, taken back or sent back", JsonObject.of("paused", true));
            case "resume" -> change(key, "goes on", resumed(rollout));
            case "abort" -> change(key, "is stopped: what is updated stays", JsonObject.of("abort", true, "paused", false));
            case "undo" -> undo(key, rollout);
            default -> throw Refusal.usage("rollout knows status, pause, resume, abort and undo, not " + what);
        }
        screen.out().flush();
        return 0;
    }

    private String name() {
        if (named.indexOf('/') >= 0 && !named.startsWith(KIND)) throw Refusal.usage("expected firmwarerollout/NAME, found " + named);
        return named.startsWith(KIND) ? named.substring(KIND.length()) : named;
    }

    private void change(ObjectKey key, String told, JsonObject spec) {
        home.client().patch(ROLLOUTS, key, Patch.merge("spec", spec));
        screen.out().println("%s %s.".formatted(key.name(), told));
    }

    /// What failed, or was rolled back, is tried again only under another number.
    private static JsonObject resumed(Json rollout) {
        var spec = JsonObject.of("paused", false, "abort", false);
        if (rollout.at("status", "failure").text("").isEmpty()) return spec;
        return spec.with("attempt", Math.max(rollout.at("spec", "attempt").integer(0), rollout.at("status", "attempt").integer(0)) + 1);
    }

    private void undo(ObjectKey key, Json rollout) {
        var wanted = rollout.at("spec", "firmwareName").text("");
        var before = rollout.at("status", "history").array().stream().filter(past -> past.at("outcome").text("").equals("Complete"))
                .map(past -> past.at("firmwareName").text("")).filter(firmware -> !firmware.equals(wanted)).reduce((_, last) -> last);
        if (before.isEmpty()) throw new Refusal("%s was never complete with another firmware than %s, so there is nothing to go back to".formatted(
                key.name(), wanted));
        change(key, "goes back to " + before.get(), JsonObject.of("firmwareName", before.get(), "abort", false, "paused", false));
    }

    private void status(Json rollout) {
        var status = rollout.at("status");
        screen.out().println(sentence(status));
        var waits = status.at("waitingFor").text("");
        if (!waits.isEmpty()) screen.out().println("waits for   " + waits);
        Words.instant(status.at("estimatedCompletionTime").text("")).filter(then -> then.isAfter(home.clock().instant()))
                .ifPresent(then -> screen.out().println("done        in about " + Words.span(Duration.between(home.clock().instant(), then))));
        var rows = new Rows("DEVICE", "PHASE", "SINCE", "WHY");
        for (var device : status.at("devices").array()) {
            rows.add(device.at("name").text(""), device.at("phase").text(""), since(device), device.at("message").text("-"));
        }
        if (!rows.isEmpty()) rows.print(screen.out());
    }

    private String since(Json device) {
        var then = device.at("updatedTime").text(device.at("startTime").text(""));
        return Words.instant(then).map(at -> Words.ago(at, home.clock().instant())).orElse("-");
    }

    private String sentence(Json status) {
        if (status.isNull()) return "Nobody has looked at it yet.";
        var complete = status.at("conditions").array().stream().filter(condition -> condition.at("type").text("").equals("Complete"))
                .map(condition -> condition.at("message").text("")).findFirst().orElse("");
        var failure = status.at("failure").text("");
        return "%s, revision %d, %s: %s%s".formatted(status.at("phase").text("-"), status.at("revision").integer(0L), status.at("firmwareName").text("-"),
                complete, failure.isEmpty() ? "" : " Failed first: " + failure + ".");
    }
}
