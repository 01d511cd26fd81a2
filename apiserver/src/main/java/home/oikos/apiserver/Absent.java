package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.function.UnaryOperator;

/// Sets members where they are absent: how defaults of kinds are written down.
final class Absent {
    private Absent() { }

    /// @param namesAndValues by turns
    static JsonObject set(JsonObject object, Object... namesAndValues) {
        var completed = object;
        for (int i = 0; i < namesAndValues.length; i += 2) {
            var name = (String) namesAndValues[i];
            if (completed.at(name).isNull()) completed = completed.with(name, namesAndValues[i + 1]);
        }
        return completed;
    }

    /// The object with a member changed, where it is there.
    static JsonObject within(JsonObject object, String name, UnaryOperator<JsonObject> change) {
        return object.at(name) instanceof JsonObject inner ? changed(object, name, change.apply(inner)) : object;
    }

    /// The object with each item of a list changed, where the list is there.
    static JsonObject each(JsonObject object, String name, UnaryOperator<JsonObject> change) {
        var list = object.at(name).array();
        return list.isEmpty() ? object : changed(object, name, list.map(item -> change.apply(item.object())));
    }

    private static JsonObject changed(JsonObject object, String name, Json value) {
        return object.at(name).equals(value) ? object : object.with(name, value);
    }
}
