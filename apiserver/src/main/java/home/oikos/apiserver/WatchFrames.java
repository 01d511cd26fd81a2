package home.oikos.apiserver;

import home.oikos.store.Entry;
import java.util.function.Function;

/// Makes the frames of one watch. Used by the replay first and then by one event loop, never by two threads at once.
final class WatchFrames implements Function<Change, byte[]> {
    private final Selection selection;
    private final Representation shown;
    private final boolean table;
    private boolean first = true;

    WatchFrames(Selection selection, Representation shown) {
        this.selection = selection;
        this.shown = shown;
        this.table = shown.accepted().shape() == Accepted.Shape.TABLE;
    }

    Selection selection() {
        return selection;
    }

    Representation shown() {
        return shown;
    }

    byte[] added(Entry entry) {
        return shown.frame(Change.Type.ADDED.name(), entry.value(), takeFirst());
    }

    @Override
    public byte[] apply(Change change) {
        var type = change.seenBy(selection);
        if (type == null) return null;
        if (table && takeFirst()) return shown.frame(type.name(), change.object(type), true);
        return change.frame(shown, type, (c, t) -> shown.frame(t.name(), c.object(t), false));
    }

    private boolean takeFirst() {
        var was = first;
        first = false;
        return was;
    }
}
