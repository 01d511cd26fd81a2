package home.oikos.gateway;

import java.time.Instant;

/// How far one property is on its way to what is wanted.
sealed interface Sync {
    record InSync() implements Sync { }

    /// A command is on its way.
    record Applying(int attempts) implements Sync { }

    /// A protective time runs.
    record Waiting(Instant until, String why) implements Sync { }

    /// An interlock holds it.
    record Interlocked(String interlock, String why) implements Sync { }

    /// What is wanted cannot be: the model does not know it or does not allow it.
    record Invalid(String why) implements Sync { }

    /// The device or the way to it is away.
    record Unreachable(String why) implements Sync { }

    Sync IN_SYNC = new InSync();
}
