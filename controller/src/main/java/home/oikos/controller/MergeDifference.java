package home.oikos.controller;

import home.oikos.api.JsonObject;
import home.oikos.client.Patch;
import java.util.Optional;

/// The merge patch (RFC 7396) that makes one object into another.
public final class MergeDifference {
    private MergeDifference() { }

    /// The patch of a status, or empty when it is right already.
    public static Optional<Patch> ofStatus(JsonObject before, JsonObject after) {
        var difference = between(before, after);
        return difference.isEmpty() ? Optional.empty() : Optional.of(Patch.merge("status", difference));
    }

    public static JsonObject between(JsonObject before, JsonObject after) {
        var patch = JsonObject.EMPTY;
        for (var name : before.names()) {
            if (!after.has(name)) patch = patch.with(name, null);
        }
        for (var member : after.members().entrySet()) {
            var old = before.at(member.getKey());
            if (old.equals(member.getValue())) continue;
            boolean inner = old instanceof JsonObject && member.getValue() instanceof JsonObject;
            patch = patch.with(member.getKey(), inner ? between(old.object(), member.getValue().object()) : member.getValue());
        }
        return patch;
    }
}
