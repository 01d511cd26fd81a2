package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.store.Entry;
import java.time.Clock;
import java.util.List;

/// Shows stored objects of one resource the way one client accepts them. Plain JSON of a kind served as it is stored is copied; all else is
/// parsed, changed and written again. Immutable; equal for equal wishes, so that watchers share frames.
/// @param clock for the ages that a Table shows
record Representation(Accepted accepted, Resource resource, String includeObject, Clock clock) {
    private static final byte[] TO_OBJECT = ObjectBytes.utf8("\",\"object\":");
    private static final byte[] FRAME_END = ObjectBytes.utf8("}\n");

    String contentType() {
        return accepted.type().text();
    }

    String streamContentType() {
        return accepted.type() == MediaType.JSON ? "application/json" : accepted.type().text() + ";stream=watch";
    }

    /// Whether answers are copies of what is stored.
    boolean copies() {
        return accepted.isPlainJson() && resource.servedAsStored();
    }

    byte[] object(byte[] stored) {
        return copies() ? stored : encoded(shaped(served(stored)));
    }

    private JsonObject served(byte[] stored) {
        return resource.rules().served(Json.parse(stored).object(), resource);
    }

    /// One object in the shape asked for.
    private JsonObject shaped(JsonObject object) {
        return switch (accepted.shape()) {
            case OBJECT -> object;
            case METADATA, METADATA_LIST -> partial(object);
            case TABLE -> TableAnswer.of(this, List.of(object), JsonObject.of("resourceVersion", object.at("metadata", "resourceVersion")),
                    true);
        };
    }

    JsonObject partial(JsonObject object) {
        return JsonObject.of("kind", "PartialObjectMetadata", "apiVersion", "meta.k8s.io/" + accepted.version(), "metadata",
                object.at("metadata"));
    }

    byte[] list(JsonObject metadata, List<Entry> entries) {
        return listOf(metadata, entries.stream().map(e -> served(e.value())).toList());
    }

    byte[] listOf(JsonObject metadata, List<JsonObject> objects) {
        return encoded(switch (accepted.shape()) {
            case OBJECT -> listObject(metadata, resource.kind().kind() + "List", resource.kind().apiVersion(),
                    objects.stream().map(o -> resource.custom() ? o : o.without("kind").without("apiVersion")).toList());
            case METADATA, METADATA_LIST -> listObject(metadata, "PartialObjectMetadataList", "meta.k8s.io/" + accepted.version(),
                    objects.stream().map(this::partial).toList());
            case TABLE -> TableAnswer.of(this, objects, metadata, true);
        });
    }

    private static JsonObject listObject(JsonObject metadata, String kind, String apiVersion, List<JsonObject> items) {
        return JsonObject.of("kind", kind, "apiVersion", apiVersion, "metadata", metadata, "items", new JsonArray(List.copyOf(items)));
    }

    /// The frame of one watch event.
    /// @param first a Table names its columns only in the first frame of a watch
    byte[] frame(String type, byte[] stored, boolean first) {
        if (copies()) return joined(type, stored);
        var object = served(stored);
        if (accepted.shape() != Accepted.Shape.TABLE) return event(type, shaped(object));
        return event(type, TableAnswer.of(this, List.of(object), JsonObject.of("resourceVersion", object.at("metadata", "resourceVersion")),
                first));
    }

    private static byte[] joined(String type, byte[] object) {
        var head = ObjectBytes.utf8("{\"type\":\"" + type);
        var frame = new byte[head.length + TO_OBJECT.length + object.length + FRAME_END.length];
        System.arraycopy(head, 0, frame, 0, head.length);
        System.arraycopy(TO_OBJECT, 0, frame, head.length, TO_OBJECT.length);
        System.arraycopy(object, 0, frame, head.length + TO_OBJECT.length, object.length);
        System.arraycopy(FRAME_END, 0, frame, frame.length - FRAME_END.length, FRAME_END.length);
        return frame;
    }

    /// The frame of an event whose object is not stored: a Status, a bookmark.
    byte[] event(String type, JsonObject object) {
        return WireFormat.event(accepted.type(), type, object);
    }

    /// A bookmark says only how far the watch has come, in the watch's own kind.
    byte[] bookmark(long revision, boolean initialEventsEnd) {
        var metadata = JsonObject.of("resourceVersion", Long.toString(revision),
                "annotations", initialEventsEnd ? JsonObject.of("k8s.io/initial-events-end", "true") : null);
        var kind = resource.kind();
        var bare = JsonObject.of("kind", kind.kind(), "apiVersion", kind.apiVersion(), "metadata", metadata);
        return switch (accepted.shape()) {
            case OBJECT -> event("BOOKMARK", resource.rules().bookmark(bare));
            case METADATA, METADATA_LIST -> event("BOOKMARK", partial(bare));
            case TABLE -> event("BOOKMARK", TableAnswer.bookmark(this, bare));
        };
    }

    byte[] encoded(JsonObject object) {
        return WireFormat.encode(accepted.type(), object);
    }
}
