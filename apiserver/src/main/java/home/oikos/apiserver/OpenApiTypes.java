package home.oikos.apiserver;

import home.oikos.api.Catalog;
import home.oikos.api.Field;
import home.oikos.api.GroupVersionKind;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ListSchema;
import home.oikos.api.MapSchema;
import home.oikos.api.ObjectSchema;
import home.oikos.api.Scalar;
import home.oikos.api.Schema;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The named schemas of one OpenAPI document: whatever is referred to is written, and what that refers to. For one thread.
final class OpenApiTypes {
    private static final Catalog CATALOG = Catalog.builtIn();

    private final OpenApiVersion version;
    private final Map<String, Json> written = new TreeMap<>();
    private final ArrayDeque<ObjectSchema> pending = new ArrayDeque<>();

    OpenApiTypes(OpenApiVersion version) {
        this.version = version;
    }

    /// A schema that refers to a built-in type.
    JsonObject reference(ObjectSchema type) {
        var name = CATALOG.openApiName(type);
        if (written.putIfAbsent(name, Json.NULL) == null) pending.add(type);
        return version.reference(name);
    }

    /// A schema of a name of its own.
    JsonObject put(String name, JsonObject schema) {
        written.put(name, schema);
        return version.reference(name);
    }

    /// All schemas by name, complete.
    JsonObject schemas() {
        while (!pending.isEmpty()) {
            var type = pending.poll();
            written.put(CATALOG.openApiName(type), object(type));
        }
        return JsonObject.copyOf(written);
    }

    private JsonObject object(ObjectSchema type) {
        var properties = new TreeMap<String, Json>();
        type.fields().values().forEach(field -> properties.put(field.name(), property(field)));
        var required = type.fields().values().stream().filter(Field::required).map(Field::name).sorted().toList();
        return JsonObject.of("type", "object", "description", text(type.traits().description()),
                "properties", properties.isEmpty() ? null : JsonObject.copyOf(properties), "required", required.isEmpty() ? null : required,
                "x-kubernetes-map-type", type.atomic() ? "atomic" : null,
                "x-kubernetes-preserve-unknown-fields", type.preserveUnknown() ? true : null,
                "x-kubernetes-group-version-kind", type.kind().map(kind -> List.of(groupVersionKind(kind))).orElse(null));
    }

    private static String text(String description) {
        return description.isEmpty() ? null : description;
    }

    static JsonObject groupVersionKind(GroupVersionKind kind) {
        return JsonObject.of("group", kind.group(), "version", kind.version(), "kind", kind.kind());
    }

    private Json property(Field field) {
        var schema = schema(field.type());
        var refers = schema.has("$ref");
        var property = new LinkedHashMap<>(refers ? version.wrapped(schema).members() : schema.members());
        if (!field.description().isEmpty()) property.put("description", Json.of(field.description()));
        if (field.defaultTo().isPresent()) property.put("default", field.defaultTo());
        else if (refers) property.put("default", JsonObject.EMPTY);
        enumeration(field, property);
        var patch = field.patch();
        if (!patch.mergeKey().isEmpty()) property.put("x-kubernetes-patch-merge-key", Json.of(patch.mergeKey()));
        var strategy = patch.merge() ? patch.retainKeys() ? "merge,retainKeys" : "merge" : patch.retainKeys() ? "retainKeys" : patch.replace() ? "replace" : "";
        if (!strategy.isEmpty()) property.put("x-kubernetes-patch-strategy", Json.of(strategy));
        return JsonObject.copyOf(property);
    }

    private static void enumeration(Field field, LinkedHashMap<String, Json> property) {
        if (field.enumeration().isEmpty()) return;
        if (property.get("items") instanceof JsonObject items) property.put("items", items.with("enum", field.enumeration()));
        else property.put("enum", Json.of(field.enumeration()));
    }

    private JsonObject schema(Schema type) {
        return switch (type) {
            case ObjectSchema object -> reference(object);
            case MapSchema map -> JsonObject.of("type", "object", "additionalProperties", inner(map.values()),
                    "x-kubernetes-map-type", map.atomic() ? "atomic" : null);
            case ListSchema list -> list(list);
            case Scalar scalar -> version.scalar(scalar);
        };
    }

    private JsonObject list(ListSchema list) {
        return JsonObject.of("type", "array", "items", inner(list.items()),
                "x-kubernetes-list-type", list.kind().name().toLowerCase(java.util.Locale.ROOT),
                "x-kubernetes-list-map-keys", list.keys().isEmpty() ? null : list.keys());
    }

    private JsonObject inner(Schema type) {
        var schema = schema(type);
        return schema.has("$ref") ? version.wrapped(schema).with("default", JsonObject.EMPTY) : schema;
    }
}
