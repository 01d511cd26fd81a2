package home.oikos.store;

import java.io.IOException;
import java.util.Map;

/// Finds the seal of a key: that of the one prefix it starts with.
record Sealing(Map<String, Seal> seals) {
    /// Null when values under this key are stored as they are.
    Seal of(String key) {
        for (var seal : seals.entrySet()) {
            if (key.startsWith(seal.getKey())) return seal.getValue();
        }
        return null;
    }

    byte[] open(String key, byte[] sealed) throws IOException {
        var seal = of(key);
        if (seal == null) throw new IOException("%s is sealed on disk, and no key to open it was given".formatted(key));
        return seal.open(key, sealed);
    }
}
