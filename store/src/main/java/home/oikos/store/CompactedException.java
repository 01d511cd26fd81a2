package home.oikos.store;

/// A revision was asked for that is no longer kept, or that was lost in a crash.
public final class CompactedException extends Exception {
    private static final long serialVersionUID = 1;

    private final long oldest;

    public CompactedException(long asked, long oldest) {
        super("revision %d is no longer kept; the oldest is %d".formatted(asked, oldest));
        this.oldest = oldest;
    }

    public long oldest() {
        return oldest;
    }
}
