package home.oikos.store;

/// One committed change of one key.
/// @param revision the revision of the change; for a put also that of `entry`
/// @param entry the new version, or null when the key was deleted
/// @param previous the version before, or null when the key was created
public record Event(long revision, Entry entry, Entry previous) {
    public Event {
        if (entry == null && previous == null) throw new IllegalArgumentException("an event changes something");
    }

    public String key() {
        return entry != null ? entry.key() : previous.key();
    }

    public boolean isDelete() {
        return entry == null;
    }
}
