package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What a schema demands of a value beyond its type.
/// @param pattern null for any
/// @param not null for none
record ValueRules(List<String> required, List<Json> enumeration, String format, GoPattern pattern, Numbers numbers, Counts counts,
        List<StructuralSchema> allOf, List<StructuralSchema> anyOf, List<StructuralSchema> oneOf, StructuralSchema not) {
    private static final ValueRules NONE = of(JsonObject.EMPTY, "");

    /// Bounds of a number.
    record Numbers(OptionalDouble minimum, boolean exclusiveMinimum, OptionalDouble maximum, boolean exclusiveMaximum,
            OptionalDouble multipleOf) {
        private static final Numbers ANY = new Numbers(OptionalDouble.empty(), false, OptionalDouble.empty(), false,
                OptionalDouble.empty());

        static Numbers of(JsonObject schema) {
            var numbers = new Numbers(decimal(schema, "minimum"), schema.at("exclusiveMinimum").bool(false), decimal(schema, "maximum"),
                    schema.at("exclusiveMaximum").bool(false), decimal(schema, "multipleOf"));
            return numbers.equals(ANY) ? ANY : numbers;
        }

        private static OptionalDouble decimal(JsonObject schema, String name) {
            return schema.has(name) ? OptionalDouble.of(schema.at(name).decimal(0)) : OptionalDouble.empty();
        }
    }

    /// Bounds of a length: of a text, a list, an object.
    record Counts(OptionalLong minLength, OptionalLong maxLength, OptionalLong minItems, OptionalLong maxItems, OptionalLong minProperties,
            OptionalLong maxProperties) {
        private static final Counts ANY = of(JsonObject.EMPTY);

        static Counts of(JsonObject schema) {
            var counts = new Counts(count(schema, "minLength"), count(schema, "maxLength"), count(schema, "minItems"),
                    count(schema, "maxItems"),
                    count(schema, "minProperties"), count(schema, "maxProperties"));
            return counts.equals(ANY) ? ANY : counts;
        }

        private static OptionalLong count(JsonObject schema, String name) {
            return schema.has(name) ? OptionalLong.of(schema.at(name).integer(0L)) : OptionalLong.empty();
        }
    }

    /// Whether no other schemas are combined.
    boolean isPlain() {
        return allOf.isEmpty() && anyOf.isEmpty() && oneOf.isEmpty() && not == null;
    }

    static ValueRules of(JsonObject schema) {
        var rules = of(schema, schema.at("format").text(""));
        return rules.equals(NONE) ? NONE : rules;
    }

    private static ValueRules of(JsonObject schema, String format) {
        var pattern = schema.at("pattern").text("");
        return new ValueRules(schema.at("required").array().stream().map(r -> r.text("").intern()).toList(),
                List.copyOf(schema.at("enum").array().elements()), format.intern(), pattern.isEmpty() ? null : GoPattern.compile(pattern),
                Numbers.of(schema), Counts.of(schema), schemas(schema.at("allOf")), schemas(schema.at("anyOf")),
                        schemas(schema.at("oneOf")),
                schema.at("not") instanceof JsonObject not ? StructuralSchema.of(not) : null);
    }

    private static List<StructuralSchema> schemas(Json list) {
        return list.array().stream().map(s -> StructuralSchema.of(s.object())).toList();
    }
}
