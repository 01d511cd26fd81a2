package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// One entry of an object's `status.conditions`.
record Condition(String type, String status, String reason, String message) {
    static boolean isTrue(JsonObject object, String type) {
        return of(object, type).at("status").text("").equals("True");
    }

    static Json of(JsonObject object, String type) {
        return object.at("status", "conditions").array().stream().filter(c -> c.at("type").text("").equals(type)).findFirst()
                .orElse(Json.NULL);
    }

    /// The object with this condition; its time changes only with its status.
    JsonObject on(JsonObject object, Instant now) {
        var conditions = object.at("status", "conditions").array();
        for (int i = 0; i < conditions.size(); i++) {
            var found = conditions.at(i);
            if (found.at("type").text("").equals(type)) return object.withAt(conditions.with(i, changed(found, now)), "status",
                    "conditions");
        }
        return object.withAt(conditions.with(json(Json.of(time(now)))), "status", "conditions");
    }

    private Json changed(Json found, Instant now) {
        return json(found.at("status").text("").equals(status) ? found.at("lastTransitionTime") : Json.of(time(now)));
    }

    private static String time(Instant now) {
        return now.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private JsonObject json(Json time) {
        return JsonObject.of("type", type, "status", status, "lastTransitionTime", time, "reason", reason, "message", message);
    }
}
