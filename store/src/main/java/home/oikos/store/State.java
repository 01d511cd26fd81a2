package home.oikos.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Everything a reader may see, as of one commit: immutable, published as a whole.
record State(long revision, Tree tree, History.View history) implements Snapshot {
    /// The keys as of an earlier revision: the later events undone, newest first.
    Snapshot at(long asked) throws CompactedException {
        if (asked > revision) {
            throw new IllegalArgumentException("revision %d is in the future; the newest is %d".formatted(asked, revision));
        }
        var past = tree;
        for (var event : history.after(asked, "").reversed()) past = past.before(event);
        return new State(asked, past, history);
    }

    List<Event> events(String prefix, long after) throws CompactedException {
        return history.after(after, prefix);
    }

    @Override
    public Optional<Entry> get(String key) {
        return Optional.ofNullable(tree.get(key));
    }

    @Override
    public void range(String prefix, String from, Predicate<Entry> visitor) {
        tree.range(prefix, from.compareTo(prefix) < 0 ? prefix : from, visitor);
    }

    @Override
    public int count(String prefix) {
        return tree.count(prefix);
    }
}
