package home.oikos.apiserver;

import java.util.LinkedHashMap;
import java.util.Map;

/// A map that forgets what was not asked for longest. Safe for use by several threads.
final class RecentlyUsed<K, V> {
    private final Map<K, V> entries;

    RecentlyUsed(int entriesMax) {
        entries = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > entriesMax;
            }
        };
    }

    synchronized V get(K key) {
        return entries.get(key);
    }

    synchronized void put(K key, V value) {
        entries.put(key, value);
    }
}
