package home.oikos.driver;

/// The receipt of one message. The gateway calls [#acknowledge] once everything in the message is committed; a message that is never
/// acknowledged comes again after a restart, where the protocol can do that.
@FunctionalInterface
public interface Delivery {
    /// For a protocol without receipts.
    Delivery NONE = () -> { };

    /// May be called from any thread, once.
    void acknowledge();

    /// In place of [#acknowledge], where the message asks for leave that is not given: an update that may not be taken up any more.
    default void refuse() {
        acknowledge();
    }

    /// For who asks for leave.
    static Delivery asking(Runnable granted, Runnable refused) {
        return new Delivery() {
            @Override
            public void acknowledge() {
                granted.run();
            }

            @Override
            public void refuse() {
                refused.run();
            }
        };
    }
}
