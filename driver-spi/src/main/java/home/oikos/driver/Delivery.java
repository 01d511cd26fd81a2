package home.oikos.driver;

/// The receipt of one message. The gateway calls [#acknowledge] once everything in the message is committed; a message that is never
/// acknowledged comes again after a restart, where the protocol can do that.
@FunctionalInterface
public interface Delivery {
    /// For a protocol without receipts.
    Delivery NONE = () -> { };

    /// May be called from any thread, once.
    void acknowledge();
}
