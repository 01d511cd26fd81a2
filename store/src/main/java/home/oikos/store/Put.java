package home.oikos.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/// A write of one key. The stored value is `head`, the decimal digits of the revision given at commit, and `tail`: the
/// writer splices, because only it knows the revision.
/// @param expectedRevision the revision the key must be at; 0 for a key that must not exist
/// @param attachment anything the caller wants to find again on the [Entry] while it is in memory (parsed labels), or null; never written
public record Put(String key, byte[] head, byte[] tail, long expectedRevision, Durability durability, Object attachment) implements Write {
    public Put {
        Objects.requireNonNull(key);
        Objects.requireNonNull(head);
        Objects.requireNonNull(tail);
        Objects.requireNonNull(durability);
        if (expectedRevision < 0) throw new IllegalArgumentException("expected revision " + expectedRevision);
    }

    @Override
    public long bytes() {
        return key.length() + head.length + tail.length;
    }

    /// The value as it will be stored at that revision.
    byte[] splice(long revision) {
        var digits = Long.toString(revision).getBytes(StandardCharsets.US_ASCII);
        var value = Arrays.copyOf(head, head.length + digits.length + tail.length);
        System.arraycopy(digits, 0, value, head.length, digits.length);
        System.arraycopy(tail, 0, value, head.length + digits.length, tail.length);
        return value;
    }
}
