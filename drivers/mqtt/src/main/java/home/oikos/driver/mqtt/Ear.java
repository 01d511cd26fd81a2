package home.oikos.driver.mqtt;

import java.util.Set;

/// Listens on the driver's connection beside the [Desk]. Belongs to the event loop.
interface Ear {
    /// The topics it wants to hear just now, first what the broker kept of them.
    Set<String> topics();

    /// @param retained whether the broker kept it: it is news of once
    void hear(String topic, byte[] payload, boolean retained);

    /// The connection is there again: what was said meanwhile is lost, but for what the broker keeps.
    void linked();
}
