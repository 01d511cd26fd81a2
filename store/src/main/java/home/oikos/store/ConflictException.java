package home.oikos.store;

import java.util.Optional;

/// A write found its key at another revision than it expected; nothing was written.
public final class ConflictException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Entry found;

    /// @param found the entry that is there, or null when there is none
    public ConflictException(String key, long expectedRevision, Entry found) {
        super("%s: expected revision %d, found %s".formatted(key, expectedRevision, found == null ? "no such key" : found.revision()));
        this.found = found;
    }

    public Optional<Entry> found() {
        return Optional.ofNullable(found);
    }
}
