package home.oikos.api;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// Writes a tree as the message of its type. What the type does not name is left out; a value of a wrong type is an error.
final class ProtobufEncoder {
    private final ProtobufWriter out = new ProtobufWriter();

    byte[] encode(Json value, ObjectSchema type) {
        message(value, type);
        return out.toBytes();
    }

    private void message(Json value, ObjectSchema type) {
        slots(value.object(), WireMessage.of(type), type);
    }

    private void slots(JsonObject object, WireMessage message, ObjectSchema owner) {
        for (var slot : message.ordered().reversed()) {
            switch (slot) {
                case WireMessage.Member(int number, var field) -> {
                    var value = object.at(field.name());
                    if (value.isPresent()) field(number, value, field.type(), owner);
                }
                case WireMessage.Inlined(int number, var inner) -> {
                    int before = out.size();
                    slots(object, inner, owner);
                    if (out.size() > before) out.close(number, before);
                }
            }
        }
    }

    private void field(int number, Json value, Schema type, ObjectSchema owner) {
        switch (type) {
            case ListSchema list -> value.array().elements().reversed().forEach(item -> element(number, item, list.items(), owner));
            case MapSchema map -> entries(number, value.object(), map.values(), owner);
            default -> element(number, value, type, owner);
        }
    }

    /// A list inside a list or map is a message whose field 1 repeats.
    private void element(int number, Json value, Schema type, ObjectSchema owner) {
        int before = out.size();
        switch (type) {
            case ObjectSchema object -> message(value, object);
            case ListSchema list -> field(1, value, list, owner);
            case MapSchema map -> entries(1, value.object(), map.values(), owner);
            case Scalar scalar -> {
                scalar(number, value, scalar, owner);
                return;
            }
        }
        out.close(number, before);
    }

    private void entries(int number, JsonObject map, Schema values, ObjectSchema owner) {
        List<Map.Entry<String, Json>> entries = new ArrayList<>(map.members().entrySet());
        for (var entry : entries.reversed()) {
            int before = out.size();
            element(2, entry.getValue(), values, owner);
            out.bytes(1, utf8(entry.getKey()));
            out.close(number, before);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void scalar(int number, Json value, Scalar type, ObjectSchema owner) {
        switch (type) {
            case STRING -> out.bytes(number, utf8(value.text("")));
            case BOOL -> varint(number, value.bool(false) ? 1 : 0);
            case INT32, INT64, UINT32, UINT64 -> varint(number, value.integer(0L));
            case SINT32, SINT64 -> varint(number, value.integer(0L) << 1 ^ value.integer(0L) >> 63);
            case FIXED32, SFIXED32 -> fixed(number, value.integer(0L), 4);
            case FIXED64, SFIXED64 -> fixed(number, value.integer(0L), 8);
            case FLOAT -> fixed(number, Float.floatToIntBits((float) value.decimal(0)), 4);
            case DOUBLE -> fixed(number, Double.doubleToLongBits(value.decimal(0)), 8);
            case BYTES -> out.bytes(number, base64(value.text("")));
            case TIME, MICRO_TIME -> nested(number, () -> instant(value.text("")));
            case DURATION -> nested(number, () -> varint(1, GoDuration.parse(value.text("")).orElseThrow(() -> wrong(value,
                    "duration")).toNanos()));
            case QUANTITY -> nested(number, () -> out.bytes(1, utf8(value instanceof JsonString(var text) ? text : value.toString())));
            case INT_OR_STRING -> nested(number, () -> intOrString(value));
            case RAW_EXTENSION, JSON, FIELDS_V1, OBJECT, ANY -> nested(number, () -> out.bytes(1, value.bytes()));
            case SCHEMA_OR_ARRAY -> nested(number, () -> field(value instanceof JsonArray ? 2 : 1, value,
                    value instanceof JsonArray ? ListSchema.atomic(owner) : owner, owner));
            case SCHEMA_OR_BOOL -> nested(number, () -> schemaOrBool(value, owner));
            case SCHEMA_OR_STRING_ARRAY -> nested(number, () -> field(value instanceof JsonArray ? 2 : 1, value,
                    value instanceof JsonArray ? ListSchema.atomic(Scalar.STRING) : owner, owner));
        }
    }

    private void varint(int number, long value) {
        out.varint(value);
        out.tag(number, ProtobufWriter.VARINT);
    }

    private void fixed(int number, long value, int bytes) {
        out.fixed(value, bytes);
        out.tag(number, bytes == 4 ? ProtobufWriter.FIXED32 : ProtobufWriter.FIXED64);
    }

    private void nested(int number, Runnable inside) {
        int before = out.size();
        inside.run();
        out.close(number, before);
    }

    private void instant(String text) {
        Instant instant = Timestamps.parse(text).orElseThrow(() -> wrong(new JsonString(text), "time"));
        varint(2, instant.getNano());
        varint(1, instant.getEpochSecond());
    }

    private void intOrString(Json value) {
        if (value instanceof JsonString(var text)) out.bytes(3, utf8(text));
        else varint(2, value.integer(0L));
        varint(1, value instanceof JsonString ? 1 : 0);
    }

    private void schemaOrBool(Json value, ObjectSchema schema) {
        if (!(value instanceof JsonBoolean)) element(2, value, schema, schema);
        varint(1, value.bool(true) ? 1 : 0);
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw wrong(new JsonString(text), "base64");
        }
    }

    private static ProtobufException wrong(Json value, String expected) {
        return new ProtobufException("expected " + expected + ", found " + value);
    }
}
