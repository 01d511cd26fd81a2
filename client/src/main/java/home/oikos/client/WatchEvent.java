package home.oikos.client;

import home.oikos.api.Json;

/// One line of a watch.
public record WatchEvent(Type type, Json object) {
    /// What happened to the object; a BOOKMARK carries only a resourceVersion, an ERROR a Status.
    public enum Type { ADDED, MODIFIED, DELETED, BOOKMARK, ERROR }

    static WatchEvent of(Json line) {
        return new WatchEvent(Type.valueOf(line.at("type").text("ERROR")), line.at("object"));
    }

    public String resourceVersion() {
        return object.at("metadata", "resourceVersion").text("");
    }
}
