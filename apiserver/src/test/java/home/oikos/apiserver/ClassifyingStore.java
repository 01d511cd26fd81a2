package home.oikos.apiserver;

import home.oikos.store.CompactedException;
import home.oikos.store.ConflictException;
import home.oikos.store.Durability;
import home.oikos.store.Entry;
import home.oikos.store.Event;
import home.oikos.store.Put;
import home.oikos.store.Snapshot;
import home.oikos.store.Store;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/// A store that remembers how durable the last write was asked to be.
final class ClassifyingStore implements Store {
    private final Store store;
    private volatile Durability last;

    ClassifyingStore(Store store) {
        this.store = store;
    }

    Durability last() {
        return last;
    }

    @Override
    public Entry put(Put put) throws ConflictException, IOException {
        last = put.durability();
        return store.put(put);
    }

    @Override
    public Event delete(String key, long expectedRevision, Durability durability) throws ConflictException, IOException {
        last = durability;
        return store.delete(key, expectedRevision, durability);
    }

    @Override
    public long revision() {
        return store.revision();
    }

    @Override
    public Snapshot snapshot() {
        return store.snapshot();
    }

    @Override
    public Snapshot snapshot(long revision) throws CompactedException {
        return store.snapshot(revision);
    }

    @Override
    public AutoCloseable listen(Consumer<List<Event>> onCommit) {
        return store.listen(onCommit);
    }

    @Override
    public List<Event> events(String prefix, long after) throws CompactedException {
        return store.events(prefix, after);
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
