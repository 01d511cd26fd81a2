package home.oikos.driver.mqtt;

import java.time.Duration;

/// The driver's connection and event loop, for those that speak beside the [Desk].
interface Line {
    /// Does something on the event loop, soon. Any thread may call it.
    void run(Runnable work);

    /// Does something on the event loop, later.
    void later(Duration wait, Runnable work);

    /// Publishes once, when there is a connection; without one it is lost. On the event loop.
    void publish(String topic, String payload);

    /// Topics that an [Ear] wants may be others now. On the event loop.
    void listen();
}
