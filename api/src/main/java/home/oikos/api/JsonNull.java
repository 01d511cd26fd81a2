package home.oikos.api;

/// JSON null, and also the absence of a value.
public enum JsonNull implements Json {
    INSTANCE;

    @Override
    public String toString() {
        return "null";
    }
}
