package home.oikos.api;

import java.util.Map;
import java.util.Optional;

/// One JSON value. Immutable, so trees are shared between threads and versions freely; a change makes a new tree that
/// shares what did not change. Reading never throws for absence: a missing member is [JsonNull], whose own members are
/// missing too, so `pod.at("spec").at("nodeName").text("")` needs no check on the way.
public sealed interface Json permits JsonObject, JsonArray, JsonString, JsonInteger, JsonDecimal, JsonBoolean, JsonNull {
    JsonNull NULL = JsonNull.INSTANCE;

    /// The member of that name; [#NULL] when absent or when this is no object.
    default Json at(String name) {
        return NULL;
    }

    /// The member found by following the names one after another.
    default Json at(String first, String... rest) {
        var found = at(first);
        for (var name : rest) found = found.at(name);
        return found;
    }

    /// The element at that index; [#NULL] when absent or when this is no array.
    default Json at(int index) {
        return NULL;
    }

    default boolean isNull() {
        return this == NULL;
    }

    default boolean isPresent() {
        return this != NULL;
    }

    /// This as an object, empty when it is none. For reading; a validator looks at the type itself.
    default JsonObject object() {
        return JsonObject.EMPTY;
    }

    /// This as an array, empty when it is none.
    default JsonArray array() {
        return JsonArray.EMPTY;
    }

    default String text(String otherwise) {
        return this instanceof JsonString(var value) ? value : otherwise;
    }

    default Optional<String> text() {
        return this instanceof JsonString(var value) ? Optional.of(value) : Optional.empty();
    }

    default long integer(long otherwise) {
        return switch (this) {
            case JsonInteger(var value) -> value;
            case JsonDecimal(var value) when value == Math.rint(value) && Math.abs(value) < 0x1p53 -> (long) value;
            default -> otherwise;
        };
    }

    default int integer(int otherwise) {
        return Math.clamp(integer((long) otherwise), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    default double decimal(double otherwise) {
        return switch (this) {
            case JsonInteger(var value) -> value;
            case JsonDecimal(var value) -> value;
            default -> otherwise;
        };
    }

    default boolean bool(boolean otherwise) {
        return this instanceof JsonBoolean(var value) ? value : otherwise;
    }

    /// The tree of a plain Java value: null, String, Boolean, Number, Map with string keys, Iterable, or Json itself.
    static Json of(Object value) {
        return switch (value) {
            case null -> NULL;
            case Json json -> json;
            case String text -> new JsonString(text);
            case Boolean bool -> JsonBoolean.of(bool);
            case Integer number -> new JsonInteger(number);
            case Long number -> new JsonInteger(number);
            case Number number -> new JsonDecimal(number.doubleValue());
            case Map<?, ?> map -> JsonObject.from(map);
            case Iterable<?> list -> JsonArray.from(list);
            default -> throw new IllegalArgumentException("no JSON form for " + value.getClass());
        };
    }

    /// Reads one JSON document of UTF-8 bytes.
    /// @throws JsonException when the bytes are not one whole JSON document
    static Json parse(byte[] utf8) {
        return new JsonParser(utf8, path -> { }).document();
    }

    static Json parse(String text) {
        return parse(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /// Compact UTF-8 JSON, members in their order.
    default byte[] bytes() {
        return new JsonWriter().value(this).toBytes();
    }
}
