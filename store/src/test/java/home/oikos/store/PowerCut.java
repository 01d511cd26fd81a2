package home.oikos.store;

/// Ends the simulated process in the middle of what it does. An error, so that no handler of exceptions goes on.
final class PowerCut extends Error {
    private static final long serialVersionUID = 1;

    PowerCut() {
        super("power cut", null, false, false);
    }
}
