package home.oikos.apiserver;

import home.oikos.api.GroupVersionKind;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.store.Entry;
import java.nio.charset.StandardCharsets;

/// How an object lies in the store: the JSON that is served, its resourceVersion the first member of its metadata. So everything up to the
/// revision's digits is the same for all objects of a kind, the writer splices without looking, and a list drops the kind by its length.
final class ObjectBytes {
    private ObjectBytes() { }

    /// `{"kind":"K","apiVersion":"V","metadata":{"resourceVersion":"`
    static String head(GroupVersionKind kind) {
        return "{" + typeMembers(kind) + "\"metadata\":{\"resourceVersion\":\"";
    }

    /// The members a list item of a built-in kind goes without.
    static String typeMembers(GroupVersionKind kind) {
        return "\"kind\":\"" + kind.kind() + "\",\"apiVersion\":\"" + kind.apiVersion() + "\",";
    }

    /// What follows the revision's digits.
    static byte[] tail(JsonObject object) {
        var metadata = object.at("metadata").object().without("resourceVersion").bytes();
        var rest = object.without("kind").without("apiVersion").without("metadata").bytes();
        var tail = new byte[2 + metadata.length - 1 + rest.length];
        tail[0] = '"';
        int at = 1;
        if (metadata.length > 2) tail[at++] = ',';
        System.arraycopy(metadata, 1, tail, at, metadata.length - 1);
        at += metadata.length - 1;
        if (rest.length > 2) tail[at++] = ',';
        System.arraycopy(rest, 1, tail, at, rest.length - 1);
        at += rest.length - 1;
        return at == tail.length ? tail : java.util.Arrays.copyOf(tail, at);
    }

    /// A whole object as the store would hold it at a revision; without one when that is empty, as for a dry run.
    static byte[] whole(JsonObject object, GroupVersionKind kind, String revision) {
        var metadata = object.at("metadata").object().without("resourceVersion");
        if (!revision.isEmpty()) metadata = JsonObject.of("resourceVersion", revision).withAll(metadata);
        return JsonObject.of("kind", kind.kind(), "apiVersion", kind.apiVersion(), "metadata", metadata)
                .withAll(object.without("kind").without("apiVersion").without("metadata")).bytes();
    }

    static JsonObject tree(Entry entry) {
        return Json.parse(entry.value()).object();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
