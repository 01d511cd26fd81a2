package home.oikos.apiserver;

import home.oikos.api.Catalog;
import home.oikos.api.GroupVersionKind;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/// A custom kind in an OpenAPI document.
record OpenApiCustom(GroupVersionKind kind, OpenApiVersion version, OpenApiTypes types) {
    /// What the older version has no word for.
    private static final Set<String> NEWER = Set.of("allOf", "oneOf", "anyOf", "not", "nullable", "x-kubernetes-validations");

    private String name(String simple) {
        var group = Arrays.asList(kind.group().split("\\."));
        return String.join(".", group.reversed()) + "." + kind.version() + "." + simple;
    }

    JsonObject object(JsonObject schema) {
        if (version == OpenApiVersion.V2 && isFree(schema)) return types.put(name(kind.kind()), withKind(JsonObject.of("type", "object"), kind));
        var properties = new LinkedHashMap<>(schema.at("properties").object().members());
        properties.put("apiVersion", JsonObject.of("type", "string", "description", "APIVersion defines the group and version of the kind."));
        properties.put("kind", JsonObject.of("type", "string", "description", "The kind of the object."));
        properties.put("metadata", metadata("ObjectMeta").with("description", "Standard object's metadata: names, labels and other facts."));
        var object = version == OpenApiVersion.V2 ? older(schema.with("properties", JsonObject.copyOf(properties))).object()
                : schema.with("properties", JsonObject.copyOf(properties));
        return types.put(name(kind.kind()), withKind(object.with("type", "object"), kind));
    }

    /// Whether members that the schema does not name are kept. kubectl would refuse them where the older document names any.
    private static boolean isFree(JsonObject schema) {
        return schema.at("x-kubernetes-preserve-unknown-fields").bool(false);
    }

    private JsonObject metadata(String type) {
        return version.wrapped(types.reference(Catalog.builtIn().library().type("meta-v1/" + type)));
    }

    private static JsonObject withKind(JsonObject schema, GroupVersionKind kind) {
        return schema.with("x-kubernetes-group-version-kind", List.of(OpenApiTypes.groupVersionKind(kind)));
    }

    JsonObject list(JsonObject one) {
        var kindOfList = kind.groupVersion().kind(kind.kind() + "List");
        var properties = JsonObject.of("apiVersion", JsonObject.of("type", "string"), "items", JsonObject.of("type", "array", "items", one),
                "kind", JsonObject.of("type", "string"), "metadata", metadata("ListMeta"));
        var schema = JsonObject.of("type", "object", "description", "A list of " + kind.kind() + ".", "required", List.of("items"), "properties", properties);
        return types.put(name(kindOfList.kind()), withKind(schema, kindOfList));
    }

    /// What is free inside is told by saying nothing of it.
    private static Json older(Json schema) {
        return switch (schema) {
            case JsonObject object -> older(object);
            case JsonArray list -> list.map(OpenApiCustom::older);
            default -> schema;
        };
    }

    private static JsonObject older(JsonObject schema) {
        var kept = new LinkedHashMap<String, Json>();
        schema.members().forEach((name, value) -> {
            switch (name) {
                case "properties" -> {
                    var properties = new LinkedHashMap<String, Json>();
                    value.object().members().forEach((property, inner) -> properties.put(property, older(inner)));
                    kept.put(name, JsonObject.copyOf(properties));
                }
                case "items", "additionalProperties" -> kept.put(name, older(value));
                default -> {
                    if (!NEWER.contains(name)) kept.put(name, value);
                }
            }
        });
        if (isFree(schema) || schema.at("nullable").bool(false)) List.of("properties", "items", "type").forEach(kept::remove);
        return JsonObject.copyOf(kept);
    }
}
