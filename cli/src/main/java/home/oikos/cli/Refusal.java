package home.oikos.cli;

/// A verb cannot do what it was asked. The message is what the user reads: what was expected, what was found, what to do.
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    public Refusal(String message) {
        this(1, message);
    }

    private Refusal(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /// The words themselves were wrong: exit code 2, as everywhere.
    public static Refusal usage(String message) {
        return new Refusal(2, message);
    }

    public int exitCode() {
        return exitCode;
    }
}
