package home.oikos.store;

/// What a caller asks the writer for.
sealed interface Write permits Put, Delete {
    String key();

    long expectedRevision();

    Durability durability();

    /// How many bytes it holds while it waits.
    long bytes();
}
