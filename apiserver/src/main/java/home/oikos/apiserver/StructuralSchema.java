package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonBoolean;
import home.oikos.api.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One node of the schema of a custom kind, as its CRD states it: what pruning, defaults, validation and apply walk beside a value. Immutable, and
/// without what only people read, so that a kind costs little.
/// @param type object, array, string, integer, number, boolean, or empty for any
/// @param additional of the members that have no property of their own; null where those are unknown
/// @param items null where nothing is said of them
/// @param defaultTo [Json#NULL] for none
/// @param rules what a value must satisfy
/// @param validations the rules in CEL that stand at this node
/// @param hasRules whether there are any at this node or below
record StructuralSchema(String type, Traits traits, Map<String, StructuralSchema> properties, StructuralSchema additional, StructuralSchema items,
        Json defaultTo, ListType listType, ValueRules rules, List<CelRule> validations, boolean hasRules) {
    /// What a value may be beside its type.
    /// @param atomic apply owns the object as a whole
    record Traits(boolean nullable, boolean preservesUnknown, boolean embedded, boolean intOrString, boolean atomic) {
        private static final Traits NONE = new Traits(false, false, false, false, false);

        static Traits of(JsonObject schema) {
            var traits = new Traits(schema.at("nullable").bool(false), schema.at("x-kubernetes-preserve-unknown-fields").bool(false),
                    schema.at("x-kubernetes-embedded-resource").bool(false), schema.at("x-kubernetes-int-or-string").bool(false),
                    schema.at("x-kubernetes-map-type").text("").equals("atomic"));
            return traits.equals(NONE) ? NONE : traits;
        }
    }

    /// How the items of a list are told apart.
    /// @param name atomic, set or map
    record ListType(String name, List<String> keys) {
        private static final ListType ATOMIC = new ListType("atomic", List.of());

        static ListType of(JsonObject schema) {
            var name = schema.at("x-kubernetes-list-type").text("atomic");
            if (name.equals("atomic")) return ATOMIC;
            return new ListType(name, schema.at("x-kubernetes-list-map-keys").array().stream().map(k -> k.text("")).toList());
        }
    }

    /// Of a value about which nothing is said: whatever is inside an object is unknown.
    static final StructuralSchema ANY = of(JsonObject.EMPTY);

    /// @param schema an OpenAPI v3 schema as a CRD holds it
    static StructuralSchema of(JsonObject schema) {
        var properties = properties(schema);
        var additional = additional(schema.at("additionalProperties"));
        var items = schema.at("items") instanceof JsonObject given ? of(given) : null;
        var validations = CelRule.of(schema);
        var hasRules = !validations.isEmpty() || ruled(additional) || ruled(items) || properties.values().stream().anyMatch(StructuralSchema::ruled);
        return new StructuralSchema(schema.at("type").text("").intern(), Traits.of(schema), properties, additional, items, schema.at("default"),
                ListType.of(schema), ValueRules.of(schema), validations, hasRules);
    }

    private static boolean ruled(StructuralSchema schema) {
        return schema != null && schema.hasRules;
    }

    private static Map<String, StructuralSchema> properties(JsonObject schema) {
        var given = schema.at("properties").object().members();
        if (given.isEmpty()) return Map.of();
        var properties = LinkedHashMap.<String, StructuralSchema>newLinkedHashMap(given.size());
        given.forEach((name, property) -> properties.put(name.intern(), of(property.object())));
        return java.util.Collections.unmodifiableMap(properties);
    }

    private static StructuralSchema additional(Json given) {
        return switch (given) {
            case JsonObject schema -> of(schema);
            case JsonBoolean(var allowed) when allowed -> ANY;
            default -> null;
        };
    }

    /// The schema of a member; null for one that is unknown.
    StructuralSchema member(String name) {
        var property = properties.get(name);
        return property != null ? property : additional;
    }

    /// A null here is no value, and is dropped or defaulted.
    boolean refusesNull() {
        return !traits.nullable();
    }
}
