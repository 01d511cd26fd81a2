package home.oikos.api;

/// A JSON number with a fraction or an exponent, or one too large for 64 bits. Always finite.
public record JsonDecimal(double value) implements Json {
    public JsonDecimal {
        if (!Double.isFinite(value)) throw new IllegalArgumentException("JSON has no " + value);
    }

    @Override
    public String toString() {
        return new JsonWriter().value(this).toString();
    }
}
