package home.oikos.client;

import home.oikos.api.ObjectKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/// The records of one kind by key, and by any index that was added. One informer writes; any thread reads. Handlers are called by the
/// writer, outside the lock, after the change can be seen: they note the key and return.
public final class Cache<T> {
    private final Map<ObjectKey, T> byKey = new TreeMap<>();
    private final List<Index<T>> indexes = new ArrayList<>();
    private final List<Handler<T>> handlers = new CopyOnWriteArrayList<>();
    private final CountDownLatch synced = new CountDownLatch(1);

    /// Told of each change. `before` is null when the key is new, `after` when it is gone.
    @FunctionalInterface
    public interface Handler<T> {
        void changed(ObjectKey key, T before, T after);
    }

    /// The objects by the names that a function gives them. Read through [#get]; made by [Cache#index].
    public static final class Index<T> {
        private final Cache<T> cache;
        private final Function<T, ? extends Collection<String>> names;
        private final Map<String, Map<ObjectKey, T>> byName = new HashMap<>();

        private Index(Cache<T> cache, Function<T, ? extends Collection<String>> names) {
            this.cache = cache;
            this.names = names;
        }

        /// The records of that name, in the order of their keys.
        public List<T> get(String name) {
            synchronized (cache) {
                return List.copyOf(byName.getOrDefault(name, Map.of()).values());
            }
        }

        public List<ObjectKey> keys(String name) {
            synchronized (cache) {
                return List.copyOf(byName.getOrDefault(name, Map.of()).keySet());
            }
        }

        private void change(ObjectKey key, T before, T after) {
            if (before != null) names.apply(before).forEach(name -> remove(name, key));
            if (after != null) names.apply(after).forEach(name -> byName.computeIfAbsent(name, _ -> new TreeMap<>()).put(key, after));
        }

        private void remove(String name, ObjectKey key) {
            byName.computeIfPresent(name, (_, records) -> records.remove(key) != null && records.isEmpty() ? null : records);
        }
    }

    /// Adds an index over what is there and what comes.
    public synchronized Index<T> index(Function<T, ? extends Collection<String>> names) {
        var index = new Index<>(this, names);
        byKey.forEach((key, record) -> index.change(key, null, record));
        indexes.add(index);
        return index;
    }

    /// Adds a handler; it is first told of everything that is there.
    public void onChange(Handler<T> handler) {
        handlers.add(handler);
        snapshot().forEach((key, record) -> handler.changed(key, null, record));
    }

    public synchronized Optional<T> get(ObjectKey key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /// All records, in the order of their keys.
    public synchronized List<T> all() {
        return List.copyOf(byKey.values());
    }

    public synchronized List<ObjectKey> keys() {
        return List.copyOf(byKey.keySet());
    }

    private synchronized Map<ObjectKey, T> snapshot() {
        return new TreeMap<>(byKey);
    }

    /// Whether the first list has been read: before that, absence means nothing.
    public boolean isSynced() {
        return synced.getCount() == 0;
    }

    public void awaitSynced() throws InterruptedException {
        synced.await();
    }

    void put(ObjectKey key, T record) {
        change(key, record);
    }

    void remove(ObjectKey key) {
        change(key, null);
    }

    void replaceAll(Map<ObjectKey, T> found) {
        for (var key : keys()) if (!found.containsKey(key)) remove(key);
        found.forEach(this::put);
        synced.countDown();
    }

    /// A record that did not change in what it holds wakes nobody: that is what makes a small record cheap.
    private void change(ObjectKey key, T after) {
        T before;
        synchronized (this) {
            before = after == null ? byKey.remove(key) : byKey.put(key, after);
            if (Objects.equals(before, after)) return;
            for (var index : indexes) index.change(key, before, after);
        }
        for (var handler : handlers) handler.changed(key, before, after);
    }
}
