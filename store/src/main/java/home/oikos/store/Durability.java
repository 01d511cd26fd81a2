package home.oikos.store;

/// What must have happened before a write is acknowledged. All three share one revision sequence.
public enum Durability {
    /// Synced to the disk: survives a power cut.
    DURABLE,
    /// Handed to the kernel: survives the death of this process, and is synced with the next commit or within 30 s.
    RELAXED,
    /// In memory only: gone after a restart. For heartbeats of our own node.
    VOLATILE
}
