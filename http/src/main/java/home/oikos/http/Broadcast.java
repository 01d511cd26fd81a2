package home.oikos.http;

import java.util.List;
import java.util.function.ToLongFunction;

/// What feeds many watches with the same events. Publishing never blocks: a watcher that lags too far behind is cut.
/// One writer publishes, after the events can be seen in a replay; watchers join and leave from any thread.
public interface Broadcast<E> {
    /// Hands the events to every watcher, in order.
    void publish(List<E> events);

    /// How many watchers have joined and not left.
    int watchers();

    /// @param position the place of an event in the one order of all events, rising with each (the revision)
    static <E> Broadcast<E> of(ToLongFunction<E> position) {
        return new FanOut<>(position);
    }
}
