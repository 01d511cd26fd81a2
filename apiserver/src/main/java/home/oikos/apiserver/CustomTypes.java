package home.oikos.apiserver;

import home.oikos.api.Catalog;
import home.oikos.api.Field;
import home.oikos.api.GroupVersionKind;
import home.oikos.api.ListSchema;
import home.oikos.api.MapSchema;
import home.oikos.api.ObjectSchema;
import home.oikos.api.Scalar;
import home.oikos.api.Schema;
import java.util.ArrayList;
import java.util.Optional;

/// The schema of a custom kind in the common form, which apply and the ownership of fields walk.
final class CustomTypes {
    private static final Schema METADATA = Catalog.builtIn().library().type("meta-v1/ObjectMeta");

    private CustomTypes() { }

    static ObjectSchema of(GroupVersionKind kind, StructuralSchema schema) {
        var fields = new ArrayList<Field>();
        fields.add(Field.of("apiVersion", Scalar.STRING));
        fields.add(Field.of("kind", Scalar.STRING));
        fields.add(Field.of("metadata", METADATA));
        schema.properties().forEach((name, property) -> {
            if (fields.stream().noneMatch(f -> f.name().equals(name))) fields.add(field(name, property));
        });
        return ObjectSchema.of(kind.kind(), new ObjectSchema.Traits(false, schema.traits().preservesUnknown(), "", Optional.of(kind), ""), fields);
    }

    private static Field field(String name, StructuralSchema schema) {
        return Field.of(name, type(schema)).withDefault(schema.defaultTo());
    }

    private static Schema type(StructuralSchema schema) {
        if (schema.traits().intOrString()) return Scalar.INT_OR_STRING;
        return switch (schema.type()) {
            case "object" -> object(schema);
            case "array" -> new ListSchema(schema.items() == null ? Scalar.ANY : type(schema.items()), listKind(schema), schema.listType().keys());
            case "string" -> Scalar.STRING;
            case "boolean" -> Scalar.BOOL;
            case "integer" -> Scalar.INT64;
            case "number" -> Scalar.DOUBLE;
            default -> Scalar.ANY;
        };
    }

    private static Schema object(StructuralSchema schema) {
        if (schema.properties().isEmpty() && schema.additional() != null) return new MapSchema(type(schema.additional()), schema.traits().atomic());
        var fields = new ArrayList<Field>();
        if (schema.traits().embedded()) {
            fields.add(Field.of("apiVersion", Scalar.STRING));
            fields.add(Field.of("kind", Scalar.STRING));
            fields.add(Field.of("metadata", METADATA));
        }
        schema.properties().forEach((name, property) -> fields.add(field(name, property)));
        return ObjectSchema.of("", new ObjectSchema.Traits(schema.traits().atomic(), schema.traits().preservesUnknown(), "", Optional.empty(), ""), fields);
    }

    private static ListSchema.Kind listKind(StructuralSchema schema) {
        return switch (schema.listType().name()) {
            case "set" -> ListSchema.Kind.SET;
            case "map" -> ListSchema.Kind.MAP;
            default -> ListSchema.Kind.ATOMIC;
        };
    }
}
