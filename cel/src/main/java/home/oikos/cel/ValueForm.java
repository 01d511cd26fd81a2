package home.oikos.cel;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonBoolean;
import home.oikos.api.JsonDecimal;
import home.oikos.api.JsonInteger;
import home.oikos.api.JsonNull;
import home.oikos.api.JsonObject;
import home.oikos.api.JsonString;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How JSON looks to an expression and an expression's value looks in JSON. Objects and arrays are views, not copies.
enum ValueForm {
    /// Whole numbers are int, as Kubernetes has it.
    TYPED,
    /// Every number is a double: whether a sensor says 20 or 20.5 must not decide whether `t + 0.5` has a value.
    DECIMAL;

    Object cel(Json json) {
        return switch (json) {
            case JsonNull _ -> NullValue.NULL_VALUE;
            case JsonBoolean(var value) -> value;
            case JsonInteger(var value) -> this == TYPED ? (Object) value : (Object) (double) value;
            case JsonDecimal(var value) -> value;
            case JsonString(var value) -> value;
            case JsonArray array -> new ListView(array, this);
            case JsonObject object -> new MapView(object, this);
        };
    }

    static Json json(Object value) {
        return switch (value) {
            case null -> Json.NULL;
            case NullValue _ -> Json.NULL;
            case MapView view -> view.object;
            case ListView view -> view.array;
            case String text -> new JsonString(text);
            case Boolean bool -> JsonBoolean.of(bool);
            case Long number -> new JsonInteger(number);
            case Double number -> decimal(number);
            case UnsignedLong number -> new JsonInteger(number.longValue());
            case Duration duration -> new JsonString(duration.toString());
            case Instant instant -> new JsonString(instant.toString());
            case CelByteString bytes -> new JsonString(Base64.getEncoder().encodeToString(bytes.toByteArray()));
            case Optional<?> optional -> json(optional.orElse(null));
            case Map<?, ?> map -> object(map);
            case List<?> list -> new JsonArray(list.stream().map(ValueForm::json).toList());
            default -> throw new CelException("a value of " + value.getClass().getSimpleName() + " has no JSON form");
        };
    }

    private static Json decimal(double number) {
        if (!Double.isFinite(number)) throw new CelException("the result is " + number + ", not a number that can be kept");
        if (number == Math.rint(number) && Math.abs(number) < 0x1p53) return new JsonInteger((long) number);
        return new JsonDecimal(number);
    }

    private static JsonObject object(Map<?, ?> map) {
        var object = JsonObject.EMPTY;
        for (var entry : map.entrySet()) object = object.with(String.valueOf(entry.getKey()), json(entry.getValue()));
        return object;
    }
}
