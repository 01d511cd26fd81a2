package home.oikos.api;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads a tree the way Kubernetes' own decoder reads JSON into its types: refuses wrong types in the same words, drops nulls,
/// unknown members and zero values that mean absence, and brings amounts and times to their canonical form.
/// One decoder reads one object.
public final class ObjectDecoder {
    private final Set<String> duplicates;
    private final List<String> strict = new ArrayList<>();
    /// Names from the root, without indexes: as Go's messages have them.
    private final Deque<String> names = new ArrayDeque<>();
    private String owner = "";

    private ObjectDecoder(Collection<String> duplicates) {
        this.duplicates = new HashSet<>(duplicates);
    }

    /// @param duplicates the paths that [JsonParser] told to stand twice
    /// @throws DecodeException when a value has a wrong type
    public static Decoded decode(Json tree, ObjectSchema type, Collection<String> duplicates) {
        var decoder = new ObjectDecoder(duplicates);
        if (tree.isNull()) return new Decoded(Zeros.complete(JsonObject.EMPTY, type), List.of());
        if (!(tree instanceof JsonObject object)) throw new DecodeException(decoder.mismatch(tree, type));
        return new Decoded(decoder.object(object, type, ""), decoder.strict);
    }

    public static Decoded decode(Json tree, ObjectSchema type) {
        return decode(tree, type, List.of());
    }

    private JsonObject object(JsonObject object, ObjectSchema type, String path) {
        var outer = owner;
        owner = type.simpleName();
        var members = LinkedHashMap.<String, Json>newLinkedHashMap(type.fields().size());
        for (var member : object.members().entrySet()) {
            var at = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
            var field = type.fields().get(member.getKey());
            if (field != null) member(member.getValue(), field, at, members);
            else if (type.preserveUnknown()) members.put(member.getKey(), member.getValue());
            else strict.add("unknown field \"" + at + "\"");
            if (duplicates.contains(at)) strict.add("duplicate field \"" + at + "\"");
        }
        owner = outer;
        return Zeros.complete(members, type);
    }

    private void member(Json value, Field field, String path, LinkedHashMap<String, Json> members) {
        names.addLast(field.name());
        var decoded = value(value, field.type(), path);
        if (!Zeros.meansAbsence(decoded, field)) members.put(field.name(), decoded);
        names.removeLast();
    }

    private Json value(Json value, Schema type, String path) {
        if (value.isNull() && !(type instanceof Scalar scalar && scalar.opaque())) return value;
        return switch (type) {
            case ObjectSchema object when value instanceof JsonObject given -> object(given, object, path);
            case MapSchema map when value instanceof JsonObject given -> map(given, map, path);
            case ListSchema list when value instanceof JsonArray given -> list(given, list, path);
            case Scalar scalar -> scalar(value, scalar);
            default -> throw new DecodeException(mismatch(value, type));
        };
    }

    private JsonObject map(JsonObject map, MapSchema type, String path) {
        var members = LinkedHashMap.<String, Json>newLinkedHashMap(map.size());
        for (var member : map.members().entrySet()) {
            var at = path + "." + member.getKey();
            var value = value(member.getValue(), type.values(), at);
            members.put(member.getKey(), value.isNull() ? Zeros.of(type.values()) : value);
            if (duplicates.contains(at)) strict.add("duplicate field \"" + at + "\"");
        }
        return JsonObject.owning(members);
    }

    private JsonArray list(JsonArray list, ListSchema type, String path) {
        var elements = new ArrayList<Json>(list.size());
        for (int i = 0; i < list.size(); i++) {
            var element = value(list.at(i), type.items(), path + "[" + i + "]");
            elements.add(element.isNull() ? Zeros.of(type.items()) : element);
        }
        return new JsonArray(elements);
    }

    private Json scalar(Json value, Scalar type) {
        return switch (type) {
            case STRING -> expect(value instanceof JsonString, value, type);
            case BOOL -> expect(value instanceof JsonBoolean, value, type);
            case FLOAT, DOUBLE -> expect(value instanceof JsonInteger || value instanceof JsonDecimal, value, type);
            case BYTES -> bytes(expect(value instanceof JsonString, value, type));
            case TIME -> Texts.time(value);
            case MICRO_TIME -> Texts.microTime(value);
            case DURATION -> Texts.duration(value);
            case QUANTITY -> Texts.quantity(value);
            case INT_OR_STRING -> Texts.intOrString(value);
            case SCHEMA_OR_ARRAY, SCHEMA_OR_BOOL, SCHEMA_OR_STRING_ARRAY, RAW_EXTENSION, JSON, FIELDS_V1, OBJECT, ANY -> value;
            default -> integer(value, type);
        };
    }

    private Json integer(Json value, Scalar type) {
        if (value instanceof JsonDecimal) throw new DecodeException(mismatch("number " + value, type));
        boolean fits = type != Scalar.INT32 || value.integer(0L) == (int) value.integer(0L);
        if (value instanceof JsonInteger && !fits) throw new DecodeException(mismatch("number " + value, type));
        return expect(value instanceof JsonInteger, value, type);
    }

    private static Json bytes(Json value) {
        int wrong = Texts.firstIllegalBase64(value.text(""));
        if (wrong >= 0) throw new DecodeException("illegal base64 data at input byte " + wrong);
        return value;
    }

    private Json expect(boolean right, Json value, Schema type) {
        if (!right) throw new DecodeException(mismatch(value, type));
        return value;
    }

    private String mismatch(Json value, Schema type) {
        return mismatch(found(value), type);
    }

    private String mismatch(String found, Schema type) {
        var into = names.isEmpty() ? "value" : "struct field " + owner + "." + names.stream().collect(Collectors.joining("."));
        return "json: cannot unmarshal " + found + " into Go " + into + " of type " + goType(type);
    }

    static String found(Json value) {
        return switch (value) {
            case JsonObject _ -> "object";
            case JsonArray _ -> "array";
            case JsonString _ -> "string";
            case JsonBoolean _ -> "bool";
            case JsonInteger _, JsonDecimal _ -> "number";
            case JsonNull _ -> "null";
        };
    }

    private static String goType(Schema type) {
        return switch (type) {
            case ObjectSchema object -> object.name().replaceAll("^.*-(v[0-9a-z]+)/", "$1.");
            case MapSchema map -> "map[string]" + goType(map.values());
            case ListSchema list -> "[]" + goType(list.items());
            case Scalar scalar -> switch (scalar) {
                case BYTES -> "[]uint8";
                case DOUBLE -> "float64";
                case QUANTITY -> "resource.Quantity";
                case INT_OR_STRING -> "intstr.IntOrString";
                case TIME, MICRO_TIME, DURATION, FIELDS_V1 -> "v1." + scalar.notation();
                default -> scalar.notation();
            };
        };
    }
}
