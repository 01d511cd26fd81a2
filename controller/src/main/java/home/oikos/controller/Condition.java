package home.oikos.controller;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.time.Instant;
import java.util.Optional;

/// One of an object's conditions.
/// @param status True, False or Unknown
public record Condition(String type, String status, String reason, String message) {
    public static Condition of(String type, boolean holds, String reason, String message) {
        return new Condition(type, holds ? "True" : "False", reason, message);
    }

    public static Condition read(Json condition) {
        return new Condition(condition.at("type").text(""), condition.at("status").text(""),
                condition.at("reason").text(""), condition.at("message").text(""));
    }

    /// The condition of that type, if there is one.
    public static Optional<Json> find(Json conditions, String type) {
        return conditions.array().stream().filter(condition -> condition.at("type").text("").equals(type)).findFirst();
    }

    public static boolean isTrue(Json conditions, String type) {
        return find(conditions, type).filter(found -> found.at("status").text("").equals("True")).isPresent();
    }

    /// The conditions with this one set. Its place is kept, and its lastTransitionTime as long as the status stays; an equal one changes
    /// nothing.
    public JsonArray in(Json conditions, Instant now) {
        var array = conditions.array();
        for (int i = 0; i < array.size(); i++) {
            if (array.at(i).at("type").text("").equals(type)) return array.with(i, over(array.at(i), now));
        }
        return array.with(json().with("lastTransitionTime", Times.text(now)));
    }

    private Json over(Json before, Instant now) {
        if (read(before).equals(this)) return before;
        var changed = before.object().withAll(json());
        return before.at("status").text("").equals(status) ? changed : changed.with("lastTransitionTime", Times.text(now));
    }

    public JsonObject json() {
        return JsonObject.of("type", type, "status", status, "reason", reason, "message", message);
    }
}
