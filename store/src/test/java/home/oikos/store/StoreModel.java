package home.oikos.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// What a store may and must show: every version of every key, in order, with the promise it was answered with.
final class StoreModel {
    /// @param token unique text inside the value, or null for a deletion
    /// @param revision 0 while the write has no answer
    record Version(String token, long revision, Durability durability) { }

    private final Map<String, List<Version>> versions = new HashMap<>();
    private final Map<String, List<Version>> unanswered = new HashMap<>();
    /// The keys and tokens after each revision of this life of the process.
    private final TreeMap<Long, TreeMap<String, String>> states = new TreeMap<>();
    private long guaranteed;
    private long inKernel;
    private long newest;
    private boolean changed;

    void submitted(String key, String token, Durability durability) {
        unanswered.computeIfAbsent(key, _ -> new ArrayList<>()).add(new Version(token, 0, durability));
    }

    /// The write failed in a way that leaves nothing behind.
    void withdrawn(String key, String token) {
        unanswered.getOrDefault(key, new ArrayList<>()).removeIf(version -> Objects.equals(version.token(), token));
    }

    void answered(String key, String token, Durability durability, long revision) {
        withdrawn(key, token);
        assertTrue(revision > newest, "revision %d after %d".formatted(revision, newest));
        newest = revision;
        changed = true;
        versions.computeIfAbsent(key, _ -> new ArrayList<>()).add(new Version(token, revision, durability));
        if (durability == Durability.DURABLE) guaranteed = revision;
        var state = new TreeMap<>(states.lastEntry().getValue());
        if (token == null) state.remove(key);
        else state.put(key, token);
        states.put(revision, state);
    }

    void syncedAll() {
        guaranteed = newest;
    }

    /// The kernel still has everything, unless the power goes before the store is open again.
    void killed() {
        inKernel = newest;
    }

    void powerLost() {
        inKernel = 0;
    }

    TreeMap<String, String> at(long revision) {
        return states.floorEntry(revision).getValue();
    }

    TreeMap<String, String> newest() {
        return states.lastEntry().getValue();
    }

    long newestRevision() {
        return newest;
    }

    /// The store was opened: what it shows must be allowed, and is the truth from now on.
    void opened(Store store) {
        assertTrue(changed ? store.revision() > newest : store.revision() >= newest,
                () -> "opened at revision %d, but %d had been shown".formatted(store.revision(), newest));
        var shown = tokens(store.snapshot());
        long newestShown = 0;
        long oldestLost = Long.MAX_VALUE;
        for (var key : versions.keySet()) {
            int index = shownIndex(key, shown.get(key));
            var all = versions.get(key);
            // An absent key proves nothing: it may never have come, or have gone.
            if (shown.containsKey(key) && index < all.size()) newestShown = Math.max(newestShown, all.get(index).revision());
            oldestLost = Math.min(oldestLost, oldestLost(all, index));
        }
        assertTrue(newestShown < oldestLost, "revision %d is there and %d before it is not; promised %d, shown %s of %s"
                .formatted(newestShown, oldestLost, guaranteed, shown, versions));
        for (var key : shown.keySet()) assertTrue(versions.containsKey(key) || unanswered.containsKey(key), "nobody wrote " + key);
        begin(store, shown);
    }

    private static long oldestLost(List<Version> all, int index) {
        return all.stream().skip(index + 1L).filter(version -> version.durability() != Durability.VOLATILE)
                .mapToLong(Version::revision).min().orElse(Long.MAX_VALUE);
    }

    /// Which version of the key is shown; -1 for the time before the first, the count of versions for one without an answer.
    private int shownIndex(String key, String token) {
        var all = versions.get(key);
        int floor = floor(all);
        // First, because an absent key may be the work of a deletion that had no answer yet as well as of an older one that had.
        var open = unanswered.getOrDefault(key, List.of());
        if (open.stream().anyMatch(version -> Objects.equals(version.token(), token))) return all.size();
        for (int i = all.size() - 1; i >= Math.max(floor, 0); i--) {
            if (Objects.equals(all.get(i).token(), token)) return i;
        }
        assertTrue(floor < 0 && token == null, "%s shows %s, but %s was promised; versions %s, promised up to %d"
                .formatted(key, token, floor < 0 ? "nothing" : all.get(floor), all, guaranteed));
        return -1;
    }

    private int floor(List<Version> all) {
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).durability() != Durability.VOLATILE && all.get(i).revision() <= Math.max(guaranteed, inKernel)) return i;
        }
        return -1;
    }

    private void begin(Store store, TreeMap<String, String> shown) {
        versions.clear();
        unanswered.clear();
        states.clear();
        newest = store.revision();
        changed = false;
        guaranteed = newest;
        inKernel = 0;
        states.put(newest, shown);
        store.snapshot().range("", "", entry -> versions.put(entry.key(),
                new ArrayList<>(List.of(new Version(token(entry), entry.revision(), Durability.DURABLE)))) == null);
    }

    static TreeMap<String, String> tokens(Snapshot snapshot) {
        var tokens = new TreeMap<String, String>();
        snapshot.range("", "", entry -> tokens.put(entry.key(), token(entry)) == null);
        return tokens;
    }

    /// The text before the revision, after a check that the digits are those of the revision.
    static String token(Entry entry) {
        var text = new String(entry.value(), StandardCharsets.ISO_8859_1);
        var digits = Long.toString(entry.revision());
        assertTrue(text.startsWith(digits, entry.digitsOffset()), () -> "digits of %d are not in %s".formatted(entry.revision(), text));
        return text.substring(0, text.indexOf(' '));
    }
}
