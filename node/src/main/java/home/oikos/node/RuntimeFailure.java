package home.oikos.node;

/// What the container runtime refused or could not do, in its own words.
public final class RuntimeFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /// What a caller can do about it: create what is missing, wait for the runtime, or report.
    public enum Kind { NOT_FOUND, UNAVAILABLE, OTHER }

    public RuntimeFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    public boolean isNotFound() {
        return kind == Kind.NOT_FOUND;
    }

    /// The runtime itself is away; it is being started again.
    public boolean isUnavailable() {
        return kind == Kind.UNAVAILABLE;
    }
}
