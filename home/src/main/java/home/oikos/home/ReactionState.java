package home.oikos.home;

import home.oikos.api.Json;
import home.oikos.controller.Times;
import java.time.Instant;
import java.util.Optional;

/// Where a reaction is. A timer is an instant in status, so a restart loses none.
///
/// @param since when it came there, or when the timer of this phase began
/// @param due when the timer of this phase ends; empty where none runs
/// @param actions how often it has acted
record ReactionState(Phase phase, Optional<Instant> since, Optional<Instant> due, long actions) {
    /// As the API spells them.
    enum Phase {
        /// The condition does not hold.
        Idle,
        /// It holds, not yet long enough.
        Waiting,
        /// It held long enough; the steps are being done.
        Acting,
        /// All steps are done and the condition still holds, or nothing is to be undone.
        Acted,
        /// The condition is false again, not yet long enough to undo.
        Clearing,
        Suspended
    }

    static ReactionState read(Json status) {
        var phase = phase(status.at("phase").text("Idle"));
        return new ReactionState(phase, Times.read(status.at(phase == Phase.Clearing ? "clearSinceTime" : "heldSinceTime")), Times.read(status.at("dueTime")),
                status.at("actions").integer(0L));
    }

    private static Phase phase(String word) {
        for (var phase : Phase.values()) if (phase.name().equals(word)) return phase;
        return Phase.Idle;
    }

    ReactionState to(Phase next) {
        return new ReactionState(next, since, Optional.empty(), actions);
    }

    ReactionState timed(Phase next, Instant from, Instant until) {
        return new ReactionState(next, Optional.of(from), Optional.of(until), actions);
    }

    ReactionState acting() {
        return new ReactionState(Phase.Acting, since, Optional.empty(), actions + 1);
    }
}
