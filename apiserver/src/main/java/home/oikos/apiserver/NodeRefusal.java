package home.oikos.apiserver;

/// A node cannot do what was asked: no such container, a container that has not started, a port nobody listens on.
public final class NodeRefusal extends Exception {
    private static final long serialVersionUID = 1;

    private final int code;

    /// @param code the HTTP code of the answer: 400 for what the user should ask differently, 404, 500
    public NodeRefusal(int code, String message) {
        super(message);
        this.code = code;
    }

    public int code() {
        return code;
    }
}
