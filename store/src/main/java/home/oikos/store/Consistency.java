package home.oikos.store;

import java.util.Arrays;
import java.util.Set;

/// Compares what is in memory with what the disk gives back.
/// @param unlogged keys whose newest change is volatile: the disk knows an older version of them, or none
record Consistency(Tree memory, Tree disk, Set<String> unlogged) {
    /// @throws IllegalStateException naming the first key that differs
    void check() {
        memory.range("", "", this::isOnDisk);
        disk.range("", "", this::isInMemory);
    }

    private boolean isOnDisk(Entry entry) {
        if (unlogged.contains(entry.key())) return true;
        var found = disk.get(entry.key());
        if (found == null) throw new IllegalStateException("%s is in memory but not on disk".formatted(entry.key()));
        if (!same(entry, found)) throw new IllegalStateException("%s differs: memory %s, disk %s".formatted(entry.key(), entry, found));
        return true;
    }

    private boolean isInMemory(Entry entry) {
        if (unlogged.contains(entry.key()) || memory.get(entry.key()) != null) return true;
        throw new IllegalStateException("%s is on disk but not in memory".formatted(entry.key()));
    }

    private static boolean same(Entry one, Entry other) {
        return one.revision() == other.revision() && one.createRevision() == other.createRevision()
                && one.digitsOffset() == other.digitsOffset() && Arrays.equals(one.value(), other.value());
    }
}
