package home.oikos.apiserver;

import home.oikos.cel.ValueType;

/// A schema of a custom kind as rules in CEL see it.
record RuleTypes(StructuralSchema schema) implements ValueType {
    static ValueType of(StructuralSchema schema) {
        return schema == null ? null : new RuleTypes(schema);
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
