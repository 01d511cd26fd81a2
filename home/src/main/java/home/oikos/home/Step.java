package home.oikos.home;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;

/// One thing that a rule does. Public for the rooms of wonders, whose rules take the same steps.
public sealed interface Step {
    record Set(ObjectKey device, JsonObject desired) implements Step { }

    record Scale(TargetRef target, int replicas) implements Step { }

    record Patch(TargetRef target, JsonObject fields) implements Step { }

    record Job(JsonObject template) implements Step { }

    record Notify(boolean warning, String message) implements Step { }

    /// A step that is none of these: it is refused when its turn comes, and the others are done.
    record Unreadable(String why) implements Step { }

    /// @param namespace where a name that says no namespace is looked for
    static Step read(Json json, String namespace) {
        var kind = json.object().names().stream().findFirst().orElse("");
        var step = json.at(kind);
        return switch (kind) {
            case "set" -> new Set(TargetRef.key(namespace, step.at("deviceName").text("")), step.at("desired").object());
            case "scale" -> new Scale(TargetRef.read(step.at("targetRef"), namespace), step.at("replicas").integer(0));
            case "patch" -> new Patch(TargetRef.read(step.at("targetRef"), namespace), step.at("fields").object());
            case "job" -> new Job(step.at("template").object());
            case "notify" -> new Notify(step.at("severity").text("Normal").equals("Warning"), step.at("message").text(""));
            default -> new Unreadable("a step is set, scale, patch, job or notify; found \"" + kind + "\"");
        };
    }
}
