package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonBoolean;
import home.oikos.api.JsonObject;
import home.oikos.api.JsonString;
import home.oikos.store.Entry;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// What selectors look at, kept beside each entry in memory so that lists and watches parse nothing.
/// @param fields the values of the kind's selectable fields, those of metadata apart, which the key tells
record Selectable(Map<String, String> labels, Map<String, String> fields) {
    private static final Selectable NOTHING = new Selectable(Map.of(), Map.of());

    static Selectable of(JsonObject object, Resource resource) {
        var labels = new LinkedHashMap<String, String>();
        object.at("metadata", "labels").object().members().forEach((name, value) -> labels.put(name, value.text("")));
        var fields = new HashMap<String, String>();
        for (var path : resource.definition().fieldSelectors()) {
            if (!path.startsWith("metadata.")) fields.put(path, resource.rules().selectableValue(object, path));
        }
        return labels.isEmpty() && fields.isEmpty() ? NOTHING : new Selectable(Map.copyOf(labels), Map.copyOf(fields));
    }

    /// A CRD may come to name more fields after an object was written, and of two resources that share a store each names its own.
    private boolean covers(Resource resource) {
        return resource.definition().fieldSelectors().stream().allMatch(f -> f.startsWith("metadata.") || fields.containsKey(f));
    }

    /// Of an entry; worked out once after a restart, when nothing is attached yet.
    static Selectable of(Entry entry, Resource resource) {
        if (entry.attachment().content() instanceof Selectable known && known.covers(resource)) return known;
        var made = of(ObjectBytes.tree(entry), resource);
        entry.attachment().put(made);
        return made;
    }

    /// The text of a value at a dotted path: absent is empty, as a field selector compares.
    static String value(JsonObject object, String path) {
        Json found = object;
        for (var name : path.split("\\.")) found = found.at(name);
        return switch (found) {
            case JsonString(var text) -> text;
            case JsonBoolean(var bool) -> Boolean.toString(bool);
            case Json other -> other.isNull() ? "" : other.toString();
        };
    }
}
