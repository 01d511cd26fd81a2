package home.oikos.apiserver;

import home.oikos.api.Catalog;
import home.oikos.api.DecodeException;
import home.oikos.api.Decoded;
import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectDecoder;
import home.oikos.api.ObjectSchema;
import java.util.List;

/// Whole objects inside a custom resource (`x-kubernetes-embedded-resource`): they have a kind, and metadata like any object.
final class EmbeddedObjects {
    private static final ObjectSchema METADATA = Catalog.builtIn().library().type("meta-v1/ObjectMeta");

    private EmbeddedObjects() { }

    /// Metadata as every object has it.
    /// @throws DecodeException when it is none
    static Decoded metadata(Json metadata, String path) {
        try {
            return ObjectDecoder.decode(metadata, METADATA);
        } catch (DecodeException e) {
            throw path.isEmpty()
                    ? e : new DecodeException(path + ": Invalid value: " + metadata + ": " + e.getMessage().replace("of type meta-v1/",
                    "of type v1."));
        }
    }

    static void validate(JsonObject root, StructuralSchema schema, List<FieldError> errors) {
        members(root, schema, "", errors);
    }

    private static void members(JsonObject object, StructuralSchema schema, String path, List<FieldError> errors) {
        object.members().forEach((name, member) -> {
            var known = schema.member(name);
            if (known != null) value(member, known, SchemaValidation.below(path, name), errors);
        });
    }

    private static void value(Json value, StructuralSchema schema, String path, List<FieldError> errors) {
        switch (value) {
            case JsonObject object -> {
                if (schema.traits().embedded()) embedded(object, path, errors);
                members(object, schema, path, errors);
            }
            case JsonArray list when schema.items() != null -> {
                for (int i = 0; i < list.size(); i++) value(list.at(i), schema.items(), path + "[" + i + "]", errors);
            }
            default -> { }
        }
    }

    private static void embedded(JsonObject object, String path, List<FieldError> errors) {
        for (var name : List.of("apiVersion", "kind")) {
            if (object.at(name).text("").isEmpty()) errors.add(FieldError.required(path + "." + name));
        }
        MetadataRules.labels(object.at("metadata", "labels").object(), path + ".metadata.labels", errors);
    }
}
