package home.oikos.apiserver;

import home.oikos.api.JsonObject;

/// Objects whose status only `/status` writes, and whose rest only the object itself.
final class StatusHalf {
    private StatusHalf() { }

    /// The object with the status of another.
    static JsonObject of(JsonObject object, JsonObject old) {
        return old.has("status") ? object.with("status", old.at("status")) : object.without("status");
    }
}
