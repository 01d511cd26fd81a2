package home.oikos.api;

import java.util.LinkedHashMap;

/// JSON merge patch (RFC 7386): null removes, objects merge, everything else replaces.
public final class MergePatch {
    private MergePatch() { }

    public static Json apply(Json target, Json patch) {
        if (!(patch instanceof JsonObject changes)) return patch;
        var members = new LinkedHashMap<>(target.object().members());
        for (var change : changes.members().entrySet()) {
            if (change.getValue().isNull()) members.remove(change.getKey());
            else members.put(change.getKey(), apply(target.at(change.getKey()), change.getValue()));
        }
        return JsonObject.owning(members);
    }

    /// The smallest patch that makes `to` of `from`. What is null in `to` cannot be told from what is absent.
    public static JsonObject between(JsonObject from, JsonObject to) {
        var changes = new LinkedHashMap<String, Json>();
        for (var member : to.members().entrySet()) {
            var before = from.at(member.getKey());
            if (before.equals(member.getValue())) continue;
            boolean merges = before instanceof JsonObject && member.getValue() instanceof JsonObject;
            changes.put(member.getKey(), merges ? between(before.object(), member.getValue().object()) : member.getValue());
        }
        for (var name : from.names()) if (!to.has(name)) changes.put(name, Json.NULL);
        return JsonObject.owning(changes);
    }
}
