package home.oikos.store;

import java.util.Objects;

/// A write of one key. The stored value is `head`, the decimal digits of the revision given at commit, and `tail`: the
/// writer splices, because only it knows the revision.
/// @param expectedRevision the revision the key must be at; 0 for a key that must not exist
/// @param attachment anything the caller wants to find again on the [Entry] while it is in memory (parsed labels), or null; never written
public record Put(String key, byte[] head, byte[] tail, long expectedRevision, Durability durability, Object attachment) {
    public Put {
        Objects.requireNonNull(key);
        Objects.requireNonNull(head);
        Objects.requireNonNull(tail);
        Objects.requireNonNull(durability);
        if (expectedRevision < 0) throw new IllegalArgumentException("expected revision " + expectedRevision);
    }
}
