package home.oikos.host;

/// A command of this machine that could not be run, did not end in time, or ended with an error.
/// The message names the command and carries what it said on standard error.
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CommandException(String message) {
        super(message);
    }

    public CommandException(String message, Throwable cause) {
        super(message, cause);
    }
}
