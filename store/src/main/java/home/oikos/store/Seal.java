package home.oikos.store;

import java.io.IOException;

/// Hides values from whoever reads the disk or a backup. Memory holds plaintext. Must be free for any thread: the writer seals,
/// a snapshot in the background seals again.
public interface Seal {
    byte[] seal(String key, byte[] value);

    /// @throws IOException in words for the operator, when the sealed bytes were changed or belong to another key
    byte[] open(String key, byte[] sealed) throws IOException;
}
