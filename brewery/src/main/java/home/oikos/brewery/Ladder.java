package home.oikos.brewery;

import home.oikos.brewery.Stall.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What to do when a batch stalls: rungs in order, each once for each stall, and back when it has moved for a time. Pure.
///
/// | stall | Stalled | Active and surely falling | Conditioning, Done | Lag, Unknown, Active for want of evidence |
/// |---|---|---|---|---|
/// | none open | begin | | | |
/// | a rung half taken | take it | take it | take it | take it: it was decided before the power went |
/// | open | the next rung when it is due | moves; after a while undo | undo | wait: nobody knows |
///
/// @param undoAfter how long it must have moved; empty to leave everything as it is
record Ladder(List<Rung> rungs, Optional<Duration> undoAfter) {
    static final Ladder NONE = new Ladder(List.of(), Optional.of(Duration.ofHours(6)));

    Ladder {
        rungs = List.copyOf(rungs);
    }

    /// What to do now.
    sealed interface Move {
        /// Nothing.
        /// @param next what comes next if nothing changes
        record Rest(String next, Optional<Instant> at) implements Move { }

        record Begin() implements Move { }

        record Take(int index) implements Move { }

        /// It moves, or it does not after all.
        record Moves(boolean moves) implements Move { }

        record End() implements Move { }
    }

    private static final Move REST = new Move.Rest("", Optional.empty());

    Move next(Stall stall, Verdict verdict, BatchClock clock, Instant now) {
        int last = stall.rungs().size() - 1;
        if (stall.isOpen() && last >= 0 && stall.rungs().get(last).state() == State.Acting) return new Move.Take(last);
        return switch (verdict.phase()) {
            case Stalled -> stalled(stall, clock, now);
            case Active -> verdict.moves() ? moving(stall, clock, now) : unknown(stall);
            case Conditioning, Done -> stall.isOpen() ? new Move.End() : REST;
            case Lag, Unknown -> unknown(stall);
        };
    }

    private static Move unknown(Stall stall) {
        return stall.isOpen() ? new Move.Rest("it is not known whether it moves: nothing is done", Optional.empty()) : REST;
    }

    private Move stalled(Stall stall, BatchClock clock, Instant now) {
        if (!stall.isOpen()) return new Move.Begin();
        if (stall.moved().isPresent()) return new Move.Moves(false);
        int index = stall.rungs().size();
        if (index >= rungs.size()) return new Move.Rest(rungs.isEmpty() ? "no steps are written down for this"
                : "all steps are done: a person is needed", Optional.empty());
        var due = index == 0 ? now : clock.after(stall.rungs().getLast().time(), rungs.get(index - 1).patience());
        return now.isBefore(due) ? new Move.Rest(rungs.get(index).words(), Optional.of(due)) : new Move.Take(index);
    }

    private Move moving(Stall stall, BatchClock clock, Instant now) {
        if (!stall.isOpen()) return REST;
        if (stall.moved().isEmpty()) return new Move.Moves(true);
        if (undoAfter.isEmpty()) return new Move.End();
        var due = clock.after(stall.moved().get(), undoAfter.get());
        return now.isBefore(due) ? new Move.Rest("take back what was done", Optional.of(due)) : new Move.End();
    }
}
