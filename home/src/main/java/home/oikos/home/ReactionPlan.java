package home.oikos.home;

import home.oikos.home.ReactionState.Phase;
import java.time.Instant;
import java.util.Optional;

/// Decides where a reaction goes next. Pure.
///
/// | phase | holds | does not hold | nobody knows |
/// |---|---|---|---|
/// | Idle | Waiting, or Acting when no time is asked for | | |
/// | Waiting | Acting when it is due | Idle | Idle: it has not held the whole time |
/// | Acting | | as Acted, once the steps are done | |
/// | Acted | | Clearing, or Idle when nothing is to be undone | |
/// | Clearing | Acted | undo and Idle when it is due | |
final class ReactionPlan {
    private ReactionPlan() { }

    /// @param holds whether the condition holds; empty when it has no value now
    static ReactionState next(Reaction reaction, Optional<Boolean> holds, Instant now) {
        var state = reaction.state();
        if (reaction.suspend()) return state.phase() == Phase.Suspended ? state : state.to(Phase.Suspended);
        return switch (state.phase()) {
            case Suspended -> idle(state);
            case Idle -> holds.orElse(false) ? begins(reaction, now) : state;
            case Waiting -> waiting(state, holds, now);
            case Acting -> state;
            case Acted -> holds.orElse(true) ? state : clears(reaction, now);
            case Clearing -> clearing(state, holds, now);
        };
    }

    private static ReactionState begins(Reaction reaction, Instant now) {
        var waiting = reaction.state().timed(Phase.Waiting, now, now.plus(reaction.forTime()));
        return reaction.forTime().isZero() ? waiting.acting() : waiting;
    }

    private static ReactionState waiting(ReactionState state, Optional<Boolean> holds, Instant now) {
        if (!holds.orElse(false)) return idle(state);
        return isDue(state, now) ? state.acting() : state;
    }

    private static ReactionState clears(Reaction reaction, Instant now) {
        if (reaction.undoAfter().isEmpty()) return idle(reaction.state());
        return reaction.state().timed(Phase.Clearing, now, now.plus(reaction.undoAfter().get()));
    }

    private static ReactionState clearing(ReactionState state, Optional<Boolean> holds, Instant now) {
        if (holds.isEmpty()) return state;
        if (holds.get()) return state.to(Phase.Acted);
        return isDue(state, now) ? idle(state) : state;
    }

    private static boolean isDue(ReactionState state, Instant now) {
        return state.due().map(due -> !now.isBefore(due)).orElse(true);
    }

    private static ReactionState idle(ReactionState state) {
        return new ReactionState(Phase.Idle, Optional.empty(), Optional.empty(), state.actions());
    }
}
