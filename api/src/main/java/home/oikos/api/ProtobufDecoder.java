package home.oikos.api;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads a message as the tree of its type. Numbers that the type does not have are skipped. A zero value is kept only where
/// JSON would show it: Kubernetes' own encoder writes every plain field, set or not.
final class ProtobufDecoder {
    /// Messages nested deeper are refused before they exhaust the stack; real ones (a CRD's schema) stay below 100.
    static final int DEPTH_MAX = 500;

    private int depth;

    JsonObject message(ProtobufReader in, ObjectSchema type) {
        if (++depth > DEPTH_MAX) throw new ProtobufException("messages are nested deeper than " + DEPTH_MAX);
        var members = new LinkedHashMap<String, Json>();
        var lists = new LinkedHashMap<String, List<Json>>();
        var maps = new LinkedHashMap<String, Map<String, Json>>();
        new Fields(members, lists, maps, type).read(in, WireMessage.of(type));
        lists.forEach((name, elements) -> members.put(name, new JsonArray(elements)));
        maps.forEach((name, entries) -> members.put(name, JsonObject.copyOf(entries)));
        depth--;
        return JsonObject.copyOf(members);
    }

    /// Where the members of one object are gathered, whichever message they stand in.
    private final class Fields {
        private final Map<String, Json> members;
        private final Map<String, List<Json>> lists;
        private final Map<String, Map<String, Json>> maps;
        private final ObjectSchema owner;

        Fields(Map<String, Json> members, Map<String, List<Json>> lists, Map<String, Map<String, Json>> maps, ObjectSchema owner) {
            this.members = members;
            this.lists = lists;
            this.maps = maps;
            this.owner = owner;
        }

        void read(ProtobufReader in, WireMessage message) {
            while (in.hasMore()) {
                long tag = in.varint();
                int wireType = (int) (tag & 7);
                switch (message.slots().get((int) (tag >>> 3))) {
                    case WireMessage.Member(_, var field) -> member(in, wireType, field);
                    case WireMessage.Inlined(_, var inner) -> read(in.nested(), inner);
                    case null -> in.skip(wireType);
                }
            }
        }

        private void member(ProtobufReader in, int wireType, Field field) {
            switch (field.type()) {
                case ListSchema list -> repeated(in, wireType, list.items(), lists.computeIfAbsent(field.name(), _ -> new ArrayList<>()));
                case MapSchema map -> entry(in.nested(), map.values(), maps.computeIfAbsent(field.name(), _ -> new LinkedHashMap<>()));
                default -> {
                    var value = element(in, wireType, field.type(), owner);
                    if (shown(value, field)) members.put(field.name(), value);
                }
            }
        }

        private static boolean shown(Json value, Field field) {
            if (value.isNull()) return false;
            return field.optional() || field.required() || !isZero(value) || field.type() instanceof Scalar scalar && scalar.opaque();
        }

        private void repeated(ProtobufReader in, int wireType, Schema items, List<Json> into) {
            if (wireType == ProtobufWriter.BYTES && items instanceof Scalar scalar && packable(scalar)) {
                var packed = in.nested();
                while (packed.hasMore()) into.add(number(packed, scalar));
            } else into.add(element(in, wireType, items, owner));
        }

        private void entry(ProtobufReader in, Schema values, Map<String, Json> into) {
            var key = "";
            Json value = zero(values);
            while (in.hasMore()) {
                long tag = in.varint();
                if (tag >>> 3 == 1 && (tag & 7) == ProtobufWriter.BYTES) key = in.nested().text();
                else if (tag >>> 3 == 2) value = element(in, (int) (tag & 7), values, owner);
                else in.skip((int) (tag & 7));
            }
            into.put(key, value);
        }
    }

    private Json element(ProtobufReader in, int wireType, Schema type, ObjectSchema owner) {
        return switch (type) {
            case ObjectSchema object -> message(in.nested(), object);
            case ListSchema list -> wrapped(in.nested(), list);
            case MapSchema map -> throw new ProtobufException("a map may not stand inside a list or map: " + map);
            case Scalar scalar when packable(scalar) -> number(in, wireType, scalar);
            case Scalar scalar -> delimited(in, wireType, scalar, owner);
        };
    }

    private JsonArray wrapped(ProtobufReader in, ListSchema list) {
        return message(in, ObjectSchema.of("list", ObjectSchema.Traits.PLAIN, List.of(field("items", list, 1)))).at("items").array();
    }

    private static Field field(String name, Schema type, int number) {
        return new Field(name, type, false, true, false, Json.NULL, List.of(), PatchRule.NONE, List.of(number), "");
    }

    private static boolean packable(Scalar scalar) {
        return scalar.integer() || scalar == Scalar.BOOL || scalar == Scalar.FLOAT || scalar == Scalar.DOUBLE;
    }

    private static Json number(ProtobufReader in, int wireType, Scalar type) {
        if (wireType != wireType(type)) throw new ProtobufException("wire type " + wireType + " for " + type.notation());
        return number(in, type);
    }

    private static int wireType(Scalar type) {
        return switch (type) {
            case FIXED32, SFIXED32, FLOAT -> ProtobufWriter.FIXED32;
            case FIXED64, SFIXED64, DOUBLE -> ProtobufWriter.FIXED64;
            default -> ProtobufWriter.VARINT;
        };
    }

    private static Json number(ProtobufReader in, Scalar type) {
        return switch (type) {
            case BOOL -> JsonBoolean.of(in.varint() != 0);
            case INT32 -> new JsonInteger((int) in.varint());
            case UINT32 -> new JsonInteger(in.varint() & 0xffffffffL);
            case SINT32, SINT64 -> {
                long value = in.varint();
                yield new JsonInteger(value >>> 1 ^ -(value & 1));
            }
            case FIXED32 -> new JsonInteger(in.fixed(4));
            case SFIXED32 -> new JsonInteger((int) in.fixed(4));
            case FIXED64, SFIXED64 -> new JsonInteger(in.fixed(8));
            case FLOAT -> decimal(Float.intBitsToFloat((int) in.fixed(4)));
            case DOUBLE -> decimal(Double.longBitsToDouble(in.fixed(8)));
            default -> new JsonInteger(in.varint());
        };
    }

    private static Json decimal(double value) {
        if (!Double.isFinite(value)) throw new ProtobufException("JSON has no " + value);
        return value == Math.rint(value) && Math.abs(value) < 0x1p53 ? new JsonInteger((long) value) : new JsonDecimal(value);
    }

    private Json delimited(ProtobufReader from, int wireType, Scalar type, ObjectSchema owner) {
        if (wireType != ProtobufWriter.BYTES) throw new ProtobufException("wire type " + wireType + " for " + type.notation());
        var in = from.nested();
        return switch (type) {
            case STRING -> new JsonString(in.text());
            case BYTES -> new JsonString(Base64.getEncoder().encodeToString(in.bytes()));
            case TIME -> in.isEmpty() ? Json.NULL : new JsonString(Timestamps.time(instant(in)));
            case MICRO_TIME -> in.isEmpty() ? Json.NULL : new JsonString(Timestamps.microTime(instant(in)));
            case DURATION -> new JsonString(GoDuration.format(Duration.ofNanos(part(in, 1).integer(0L))));
            case QUANTITY -> new JsonString(part(in, 1).text("0"));
            case INT_OR_STRING -> intOrString(in);
            case SCHEMA_OR_ARRAY -> either(in, owner, ListSchema.atomic(owner));
            case SCHEMA_OR_STRING_ARRAY -> either(in, owner, ListSchema.atomic(Scalar.STRING));
            case SCHEMA_OR_BOOL -> either(in, Scalar.BOOL, owner);
            default -> raw(in);
        };
    }

    private static Instant instant(ProtobufReader in) {
        long seconds = 0;
        long nanos = 0;
        while (in.hasMore()) {
            long tag = in.varint();
            if (tag == 8) seconds = in.varint();
            else if (tag == 16) nanos = in.varint();
            else in.skip((int) (tag & 7));
        }
        try {
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException | ArithmeticException beyond) {
            throw new ProtobufException("time " + seconds + " s is out of range");
        }
    }

    /// The text or number that is the field of that number; other fields are skipped.
    private static Json part(ProtobufReader in, int number) {
        Json found = Json.NULL;
        while (in.hasMore()) {
            long tag = in.varint();
            int wireType = (int) (tag & 7);
            if (tag >>> 3 != number) in.skip(wireType);
            else if (wireType == ProtobufWriter.VARINT) found = new JsonInteger(in.varint());
            else found = new JsonString(in.nested().text());
        }
        return found;
    }

    private static Json intOrString(ProtobufReader in) {
        boolean string = false;
        Json number = new JsonInteger(0);
        Json text = new JsonString("");
        while (in.hasMore()) {
            long tag = in.varint();
            if (tag == 8) string = in.varint() == 1;
            else if (tag == 16) number = new JsonInteger((int) in.varint());
            else if (tag == 26) text = new JsonString(in.nested().text());
            else in.skip((int) (tag & 7));
        }
        return string ? text : number;
    }

    /// Field 1 has the first type, field 2 the second, and 2 wins.
    private Json either(ProtobufReader in, Schema first, Schema second) {
        var both = List.of(field("1", first, 1), field("2", second, 2));
        var found = message(in, ObjectSchema.of("either", ObjectSchema.Traits.PLAIN, both));
        return found.at("2").isPresent() ? found.at("2") : found.at("1");
    }

    /// The bytes of a RawExtension, which are JSON.
    private static Json raw(ProtobufReader in) {
        Json found = Json.NULL;
        while (in.hasMore()) {
            long tag = in.varint();
            if (tag == 10) found = json(in.nested().bytes());
            else in.skip((int) (tag & 7));
        }
        return found;
    }

    private static Json json(byte[] bytes) {
        try {
            return bytes.length == 0 ? Json.NULL : Json.parse(bytes);
        } catch (JsonException e) {
            throw new ProtobufException("raw value " + new String(bytes, StandardCharsets.UTF_8) + ": " + e.getMessage());
        }
    }

    private static Json zero(Schema type) {
        return switch (type) {
            case ObjectSchema _, MapSchema _ -> JsonObject.EMPTY;
            case ListSchema _ -> JsonArray.EMPTY;
            case Scalar scalar when scalar == Scalar.BOOL -> JsonBoolean.FALSE;
            case Scalar scalar when packable(scalar) -> new JsonInteger(0);
            case Scalar scalar when scalar == Scalar.QUANTITY -> new JsonString("0");
            case Scalar scalar -> scalar.opaque() ? Json.NULL : new JsonString("");
        };
    }

    private static boolean isZero(Json value) {
        return switch (value) {
            case JsonString(var text) -> text.isEmpty();
            case JsonInteger(var number) -> number == 0;
            case JsonDecimal(var number) -> number == 0;
            case JsonBoolean(var bool) -> !bool;
            case JsonNull _ -> true;
            case JsonObject _, JsonArray _ -> false;
        };
    }
}
