package home.oikos.driver;

import home.oikos.api.Json;
import home.oikos.api.JsonBoolean;
import home.oikos.api.JsonDecimal;
import home.oikos.api.JsonInteger;
import home.oikos.api.JsonString;
import java.util.Optional;

/// One scalar value of a property, as a driver read it or as a command writes it.
public sealed interface Value {
    record Bool(boolean on) implements Value {
        @Override
        public Json json() {
            return JsonBoolean.of(on);
        }

        @Override
        public String toString() {
            return Boolean.toString(on);
        }
    }

    /// A number. A driver passes on what it read, NaN and infinity too: the gateway refuses them and says so.
    record Number(double amount) implements Value {
        @Override
        public Json json() {
            if (amount == Math.rint(amount) && Math.abs(amount) < 0x1p53) return new JsonInteger((long) amount);
            return new JsonDecimal(amount);
        }

        @Override
        public String toString() {
            return Double.isFinite(amount) ? json().toString() : Double.toString(amount);
        }
    }

    record Text(String text) implements Value {
        @Override
        public Json json() {
            return new JsonString(text);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /// As it stands in `status.reported.<property>.value`.
    Json json();

    /// The value of a JSON scalar; empty for null, arrays and objects.
    static Optional<Value> of(Json json) {
        return switch (json) {
            case JsonBoolean(var on) -> Optional.of(new Bool(on));
            case JsonInteger(var number) -> Optional.of(new Number(number));
            case JsonDecimal(var number) -> Optional.of(new Number(number));
            case JsonString(var text) -> Optional.of(new Text(text));
            default -> Optional.empty();
        };
    }
}
