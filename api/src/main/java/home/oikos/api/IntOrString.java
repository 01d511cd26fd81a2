package home.oikos.api;

import java.util.Optional;

/// A number, or text that is a percentage or a name: ports, `maxUnavailable`.
public sealed interface IntOrString {
    record Number(int value) implements IntOrString { }

    record Text(String value) implements IntOrString { }

    /// Empty when the member is absent or neither.
    static Optional<IntOrString> of(Json json) {
        return switch (json) {
            case JsonInteger _ -> Optional.of(new Number(json.integer(0)));
            case JsonString(var text) -> Optional.of(new Text(text));
            default -> Optional.empty();
        };
    }

    /// The number, or the percentage of a total. Empty when the text is no percentage.
    /// @param roundUp to the next whole number instead of the one below
    default Optional<Integer> scaled(int total, boolean roundUp) {
        return switch (this) {
            case Number(int value) -> Optional.of(value);
            case Text(var text) when text.matches("\\d{1,9}%") -> {
                long product = Long.parseLong(text.substring(0, text.length() - 1)) * total;
                yield Optional.of((int) (roundUp ? Math.ceilDiv(product, 100) : product / 100));
            }
            case Text _ -> Optional.empty();
        };
    }
}
