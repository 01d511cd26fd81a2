package home.oikos.dist;

import home.oikos.pki.DataKeys;
import home.oikos.store.Seal;
import java.io.IOException;
import java.security.GeneralSecurityException;

/// The home's data keys as the store's seal.
record StoreSeal(DataKeys keys) implements Seal {
    @Override
    public byte[] seal(String key, byte[] value) {
        return keys.seal(key, value);
    }

    @Override
    public byte[] open(String key, byte[] sealed) throws IOException {
        try {
            return keys.open(key, sealed);
        } catch (GeneralSecurityException wrong) {
            throw new IOException(key + " does not open: " + wrong.getMessage() + ". Is the root key the one this home was made with?", wrong);
        }
    }
}
