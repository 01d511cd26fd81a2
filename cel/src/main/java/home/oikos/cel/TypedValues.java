package home.oikos.cel;

import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import home.oikos.api.GoDuration;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// JSON as the rules of a CustomResourceDefinition see it: typed by the schema, property names spelled so that they are CEL names.
public final class TypedValues {
    private static final Set<String> RESERVED = Set.of("true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if",
            "import", "let", "loop", "package", "namespace", "return", "var", "void", "while");

    private TypedValues() { }

    /// @param type null for a value of which nothing is said
    public static Object of(Json value, ValueType type) {
        if (type == null || value.isNull()) return value.isNull() ? NullValue.NULL_VALUE : ValueForm.TYPED.cel(value);
        return switch (type.kind()) {
            case PLAIN -> ValueForm.TYPED.cel(value);
            case DOUBLE -> value.decimal(0);
            case BYTES -> CelByteString.of(Base64.getMimeDecoder().decode(value.text("")));
            case TIMESTAMP -> timestamp(value.text(""));
            case DURATION -> GoDuration.parse(value.text("")).<Object>map(d -> d).orElse(value.text(""));
            case OBJECT, MAP -> members(value.object(), type);
            case LIST -> items(value.array(), type);
        };
    }

    private static Object timestamp(String text) {
        try {
            return text.length() == 10 ? Instant.parse(text + "T00:00:00Z") : OffsetDateTime.parse(text.toUpperCase(java.util.Locale.ROOT)).toInstant();
        } catch (java.time.DateTimeException _) {
            return text;
        }
    }

    private static Map<String, Object> members(JsonObject object, ValueType type) {
        var members = LinkedHashMap.<String, Object>newLinkedHashMap(object.size());
        var escapes = type.kind() == ValueType.Kind.OBJECT;
        object.members().forEach((name, value) -> members.put(escapes ? escaped(name) : name, of(value, type.member(name))));
        return members;
    }

    private static List<Object> items(JsonArray list, ValueType type) {
        var items = new ArrayList<Object>(list.size());
        for (var item : list) items.add(of(item, type.items()));
        return items;
    }

    /// A property's name as rules write it.
    static String escaped(String name) {
        if (RESERVED.contains(name)) return "__" + name + "__";
        if (name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_') && !name.contains("__")) return name;
        return name.replace("__", "__underscores__").replace(".", "__dot__").replace("-", "__dash__").replace("/", "__slash__");
    }
}
