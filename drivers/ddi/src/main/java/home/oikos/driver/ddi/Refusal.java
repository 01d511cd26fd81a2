package home.oikos.driver.ddi;

/// A request that is not answered as asked: its status, and why in words. It is what was meant, so it has no stack.
final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;

    Refusal(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }

    /// When it may go better by itself.
    boolean isPassing() {
        return status == 429 || status == 503;
    }
}
