package home.oikos.store;

import java.util.Optional;
import java.util.function.Predicate;

/// The keys as they stood at one revision. Immutable; free for any thread.
public interface Snapshot {
    long revision();

    Optional<Entry> get(String key);

    /// Visits the entries under a prefix in key order, beginning at `from` (inclusive; the prefix itself for all), until the
    /// visitor says false.
    void range(String prefix, String from, Predicate<Entry> visitor);

    /// How many keys stand under the prefix.
    int count(String prefix);
}
