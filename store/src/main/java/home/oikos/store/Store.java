package home.oikos.store;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/// A revisioned map from key to bytes. Every method may be called from any thread; writes are carried out one after
/// another by one writer, which groups them into commits. A write that returns is as durable as its [Durability] says.
public interface Store extends AutoCloseable {
    /// The newest committed revision. Starts at 1 for an empty store.
    long revision();

    /// All keys as of [#revision]. Immutable and cheap: it copies nothing.
    Snapshot snapshot();

    /// All keys as of an earlier revision. Undoes the events since, so it costs as much as there are events.
    /// @throws IllegalArgumentException when that revision is in the future
    /// @throws CompactedException when that revision is no longer kept, or was lost in a crash
    Snapshot snapshot(long revision) throws CompactedException;

    /// Writes one key and returns the entry as stored, its revision spliced into the value.
    /// @throws ConflictException when the key is not at the revision the write expects; nothing was written
    /// @throws InboxFullException when too many writes wait; nothing was written
    /// @throws IOException when the disk refused; nothing was acknowledged
    Entry put(Put put) throws ConflictException, IOException;

    /// Removes one key; the event that others see carries the old entry.
    /// @throws ConflictException when the key is not at the expected revision, or absent
    Event delete(String key, long expectedRevision, Durability durability) throws ConflictException, IOException;

    /// Hears every committed event from now on, in revision order, a group commit at a time, on the writer's thread:
    /// the listener must not block. Close to stop. A write that returns has been heard before. To begin at a revision without a gap,
    /// listen first, ask [#events] then, and skip what comes twice.
    /// @param onCommit never called with an empty list
    AutoCloseable listen(Consumer<List<Event>> onCommit);

    /// The events of keys under the prefix with a revision above `after`, up to the newest, in order; none for a revision in the future.
    /// @throws CompactedException when some of them are no longer kept
    List<Event> events(String prefix, long after) throws CompactedException;

    @Override
    void close() throws IOException;
}
