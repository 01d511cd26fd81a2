package home.oikos.api;

/// A patch that is well formed but cannot be applied to this object.
public final class PatchException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public PatchException(String message) {
        super(message);
    }
}
