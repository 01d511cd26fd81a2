package home.oikos.apiserver;

import home.oikos.cel.ValueType;
import java.util.Set;

/// A schema of a custom kind as rules in CEL see it.
/// @param root whether it is the schema of the whole object
record RuleTypes(StructuralSchema schema, boolean root) implements ValueType {
    static ValueType of(StructuralSchema schema) {
        return schema == null ? null : new RuleTypes(schema, false);
    }

    static ValueType of(StructuralSchema schema, boolean root) {
        return new RuleTypes(schema, root);
    }

    @Override
    public String plain() {
        return schema.traits().intOrString() ? "" : schema.type();
    }

    @Override
    public Set<String> members() {
        return schema.properties().keySet();
    }

    @Override
    public boolean isWholeObject() {
        return root || schema.traits().embedded();
    }

    @Override
    public Kind kind() {
        if (schema.traits().intOrString()) return Kind.PLAIN;
        return switch (schema.type()) {
            case "object" -> schema.properties().isEmpty() && schema.additional() != null ? Kind.MAP : Kind.OBJECT;
            case "array" -> Kind.LIST;
            case "number" -> Kind.DOUBLE;
            case "string" -> text(schema.rules().format());
            default -> Kind.PLAIN;
        };
    }

    private static Kind text(String format) {
        return switch (format) {
            case "date", "date-time" -> Kind.TIMESTAMP;
            case "duration" -> Kind.DURATION;
            case "byte" -> Kind.BYTES;
            default -> Kind.PLAIN;
        };
    }

    @Override
    public ValueType member(String name) {
        return of(schema.member(name));
    }

    @Override
    public ValueType items() {
        return of(schema.items());
    }
}
