package home.oikos.api;

/// A JSON number without fraction or exponent that fits 64 bits.
public record JsonInteger(long value) implements Json {
    @Override
    public String toString() {
        return Long.toString(value);
    }
}
