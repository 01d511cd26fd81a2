package home.oikos.api;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Reads one field line: `name type[!][?] [shown] [default(json)] [enum(a|b)] [map(k,k)|set|atomic] [merge(key)] [strategy(s)] [#n] [-- description]`.
/// `!` is required, `?` optional and `shown` shown as of [Field].
final class FieldParser {
    private static final Map<String, Scalar> SCALARS = Arrays.stream(Scalar.values()).collect(Collectors.toMap(Scalar::notation, s -> s));

    private final Function<String, ObjectSchema> types;

    /// @param types finds the type that a name in the file means
    FieldParser(Function<String, ObjectSchema> types) {
        this.types = types;
    }

    Field parse(String line) {
        var words = Notation.words(Notation.withoutDescription(line));
        var marks = new HashMap<String, Notation.Word>();
        words.stream().skip(2).forEach(word -> marks.put(word.name().startsWith("#") ? "#" : word.name(), word));
        var type = words.get(1).name();
        var bare = type.replaceAll("[!?]+$", "");
        var suffix = type.substring(bare.length());
        return new Field(words.get(0).name(), type(bare, marks), suffix.contains("!"), suffix.contains("?"), marks.containsKey("shown"),
                marks.containsKey("default") ? Json.parse(marks.get("default").arguments()) : Json.NULL,
                marks.containsKey("enum") ? List.of(marks.get("enum").arguments().split("\\|", -1)) : List.of(),
                patch(marks), number(marks.get("#")), Notation.description(line));
    }

    private Schema type(String text, Map<String, Notation.Word> marks) {
        return switch (text.charAt(0)) {
            case '[' -> list(type(inner(text), Map.of()), marks);
            case '{' -> new MapSchema(type(inner(text), Map.of()), marks.containsKey("atomic"));
            default -> single(text, marks.containsKey("atomic"));
        };
    }

    private static String inner(String text) {
        return text.substring(1, text.length() - 1);
    }

    private static ListSchema list(Schema items, Map<String, Notation.Word> marks) {
        if (marks.containsKey("map")) return new ListSchema(items, ListSchema.Kind.MAP, marks.get("map").list());
        return new ListSchema(items, marks.containsKey("set") ? ListSchema.Kind.SET : ListSchema.Kind.ATOMIC, List.of());
    }

    private Schema single(String name, boolean atomic) {
        var scalar = SCALARS.get(name);
        if (scalar != null) return scalar;
        var type = types.apply(name);
        return atomic && !type.atomic() ? atomic(type) : type;
    }

    private static ObjectSchema atomic(ObjectSchema type) {
        var traits = type.traits();
        return new ObjectSchema(type.name(), new ObjectSchema.Traits(true, traits.preserveUnknown(), traits.discriminator(),
                traits.kind(), traits.description()), () -> List.copyOf(type.fields().values()));
    }

    private static PatchRule patch(Map<String, Notation.Word> marks) {
        if (!marks.containsKey("merge") && !marks.containsKey("strategy")) return PatchRule.NONE;
        return PatchRule.of(marks.containsKey("merge") ? marks.get("merge").arguments() : "",
                marks.containsKey("strategy") ? marks.get("strategy").list() : List.of());
    }

    private static List<Integer> number(Notation.Word word) {
        if (word == null) return List.of();
        return Arrays.stream(word.name().substring(1).split("\\.")).map(Integer::valueOf).toList();
    }
}
