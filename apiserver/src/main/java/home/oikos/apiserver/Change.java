package home.oikos.apiserver;

import home.oikos.store.Event;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/// One committed event on its way to watchers, with the frames made of it so far, so that each is encoded once however many watch.
final class Change {
    /// What a watcher is told.
    enum Type { ADDED, MODIFIED, DELETED }

    private record FrameKey(Object encoding, Type type) { }

    private final Event event;
    private final Map<FrameKey, byte[]> frames = new ConcurrentHashMap<>(4);

    Change(Event event) {
        this.event = event;
    }

    Event event() {
        return event;
    }

    long revision() {
        return event.revision();
    }

    /// What this change is to a watcher of a selection, or null when it is nothing to it. An object that leaves the selection is gone for
    /// it.
    Type seenBy(Selection selection) {
        var before = event.previous() != null && selection.includes(event.previous());
        var after = !event.isDelete() && selection.includes(event.entry());
        if (after) return before ? Type.MODIFIED : Type.ADDED;
        return before ? Type.DELETED : null;
    }

    /// The object a watcher is shown: for one that is gone, its last state under the new revision.
    byte[] object(Type type) {
        return type == Type.DELETED ? event.previous().valueAt(event.revision()) : event.entry().value();
    }

    /// The frame in an encoding, made at the first call. The encoding must be equal for watchers that may share it.
    byte[] frame(Object encoding, Type type, BiFunction<Change, Type, byte[]> make) {
        return frames.computeIfAbsent(new FrameKey(encoding, type), _ -> make.apply(this, type));
    }
}
