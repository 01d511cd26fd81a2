package home.oikos.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/// One flat directory of files: all that the store knows of the machine. Creations, renames and deletions survive
/// a power cut only after [#syncDirectory].
interface Disk extends Closeable {
    List<String> list() throws IOException;

    /// Opens a file for appending, and creates it when absent.
    LogFile open(String name) throws IOException;

    /// Replaces the target in one step.
    void rename(String from, String to) throws IOException;

    void delete(String name) throws IOException;

    void syncDirectory() throws IOException;
}
