package home.oikos.api;

import java.util.TreeMap;
import java.util.stream.Collectors;

/// How apply sees a value beside its type: as a leaf, as a map of members, or as a list whose items have an identity.
final class FieldWalk {
    /// The three ways to look at a value.
    enum Form { LEAF, MEMBERS, ITEMS }

    private FieldWalk() { }

    /// @param one   the value, or null when it is absent
    /// @param other the value it is compared with, or null
    static Form form(Schema type, Json one, Json other) {
        return switch (type) {
            case ObjectSchema object -> object.atomic() ? Form.LEAF : Form.MEMBERS;
            case MapSchema map -> map.atomic() ? Form.LEAF : Form.MEMBERS;
            case ListSchema list -> list.atomic() ? Form.LEAF : Form.ITEMS;
            case Scalar scalar -> scalar == Scalar.ANY && isObjectOrAbsent(one) && isObjectOrAbsent(other) ? Form.MEMBERS : Form.LEAF;
        };
    }

    private static boolean isObjectOrAbsent(Json value) {
        return value == null || value instanceof JsonObject;
    }

    /// The type of a member; [Scalar#ANY] below what no schema describes, null when the schema forbids the member.
    static Schema member(Schema type, String name) {
        return switch (type) {
            case ObjectSchema object -> {
                var field = object.fields().get(name);
                yield field != null ? field.type() : object.preserveUnknown() ? Scalar.ANY : null;
            }
            case MapSchema map -> map.values();
            case ListSchema _, Scalar _ -> Scalar.ANY;
        };
    }

    /// The type of what a step of a field set leads to.
    static Schema step(Schema type, String step) {
        if (!step.startsWith("f:")) return type instanceof ListSchema list ? list.items() : Scalar.ANY;
        var member = member(type, step.substring(2));
        return member == null ? Scalar.ANY : member;
    }

    /// The step that identifies an item: its keys, with their defaults, or its value.
    static String item(ListSchema list, Json item) {
        if (list.kind() == ListSchema.Kind.SET) return "v:" + item;
        var keys = new TreeMap<String, Json>();
        for (var key : list.keys()) {
            var value = item.at(key);
            if (value.isNull() && list.items() instanceof ObjectSchema object) value = object.field(key).map(Field::defaultTo).orElse(Json.NULL);
            if (value.isPresent()) keys.put(key, value);
        }
        return "k:" + JsonObject.copyOf(keys);
    }

    /// A step as messages show it: `.name`, `[name="c1"]`, `[="x"]`.
    static String shown(String step) {
        var rest = step.substring(2);
        return switch (step.charAt(0)) {
            case 'f' -> "." + rest;
            case 'v' -> "[=" + rest + "]";
            case 'k' -> Json.parse(rest).object().members().entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue())
                    .collect(Collectors.joining(",", "[", "]"));
            default -> "[" + rest + "]";
        };
    }
}
