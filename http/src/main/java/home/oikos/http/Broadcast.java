package home.oikos.http;

import java.util.List;

/// What feeds many watches with the same events. Publishing never blocks: a watcher that lags too far behind is cut.
/// One writer publishes; watchers join and leave from any thread.
public interface Broadcast<E> {
    /// Hands the events to every watcher, in order.
    void publish(List<E> events);

    /// How many watchers have joined and not left.
    int watchers();
}
