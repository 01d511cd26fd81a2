package home.oikos.home;

import home.oikos.api.JsonObject;
import java.util.stream.Collectors;

/// Rules as sentences with live values.
public final class Sentences {
    private Sentences() { }

    /// `leak-sensor.wet is true; set water-valve open=false`.
    static String of(Reaction reaction, JsonObject values) {
        var seen = values.members().entrySet().stream().map(value -> value.getKey() + " is " + value.getValue()).collect(Collectors.joining(", "));
        var done = reaction.steps().stream().map(Sentences::of).collect(Collectors.joining(", "));
        return seen.isEmpty() ? done : seen + "; " + done;
    }

    /// What a step does: `set water-valve open=false`.
    public static String of(Step step) {
        return switch (step) {
            case Step.Set(var device, var desired) -> "set " + device.name() + " " + desired.members().entrySet().stream()
                    .map(wanted -> wanted.getKey() + "=" + wanted.getValue()).collect(Collectors.joining(" "));
            case Step.Scale(var target, var replicas) -> "scale " + target.key().name() + " to " + replicas;
            case Step.Patch(var target, _) -> "patch " + target.key().name();
            case Step.Job _ -> "run a job";
            case Step.Unreadable(var why) -> why;
            case Step.Notify(_, var message) -> "say \"" + message + "\"";
        };
    }
}
