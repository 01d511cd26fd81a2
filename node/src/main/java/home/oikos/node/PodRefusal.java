package home.oikos.node;

/// A pod cannot do what was asked of it: no such container, one that has not started, a port nobody listens on.
public final class PodRefusal extends Exception {
    private static final long serialVersionUID = 1;

    private final int code;

    /// @param code as HTTP has it: 400 for what should be asked differently, 404, 500
    public PodRefusal(int code, String message) {
        super(message);
        this.code = code;
    }

    public int code() {
        return code;
    }
}
