package home.oikos.home;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// What there was before a step, field by field, and what the step made of it. Kept in status, so that a restart can still undo.
///
/// @param step its place in the list of steps
/// @param path names that lead to the field
/// @param before null where there was nothing
public record Undo(int step, List<String> path, Json before, Json after) {
    public Undo {
        path = List.copyOf(path);
    }

    public static Undo read(Json json) {
        return new Undo(json.at("step").integer(0), json.at("path").array().stream().map(name -> name.text("")).toList(), json.at("before"), json.at("after"));
    }

    public JsonObject json() {
        var json = JsonObject.of("step", step, "path", new JsonArray(path.stream().<Json>map(Json::of).toList()), "after", after);
        return before.isNull() ? json : json.with("before", before);
    }

    /// What applying the fields would change of an object.
    static List<Undo> of(int step, Json object, JsonObject fields) {
        var all = new ArrayList<Undo>();
        collect(step, object, fields, List.of(), all);
        return all;
    }

    private static void collect(int step, Json object, JsonObject fields, List<String> path, List<Undo> into) {
        fields.members().forEach((name, value) -> {
            var longer = new ArrayList<>(path);
            longer.add(name);
            if (value instanceof JsonObject inner && !inner.isEmpty()) collect(step, object.at(name), inner, longer, into);
            else if (!object.at(name).equals(value)) into.add(new Undo(step, longer, object.at(name), value));
        });
    }

    /// Whether the field is still as the step left it: nobody else has set it since.
    boolean isOurs(Json object, String fieldManager) {
        return at(object).equals(after) && Ownership.holds(object, fieldManager, path);
    }

    /// Whether the field is as it was before the step.
    boolean isBack(Json object) {
        return at(object).equals(before);
    }

    private Json at(Json object) {
        var found = object;
        for (var name : path) found = found.at(name);
        return found;
    }

    /// The merge patch that puts the field back.
    JsonObject patch() {
        return JsonObject.EMPTY.withAt(before, path.toArray(String[]::new));
    }
}
