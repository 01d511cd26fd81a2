package home.oikos.store;

import java.util.Objects;

/// The removal of one key.
record Delete(String key, long expectedRevision, Durability durability) implements Write {
    Delete {
        Objects.requireNonNull(key);
        Objects.requireNonNull(durability);
    }

    @Override
    public long bytes() {
        return key.length();
    }
}
