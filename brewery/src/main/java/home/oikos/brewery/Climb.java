package home.oikos.brewery;

import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.brewery.Stall.State;
import home.oikos.controller.Condition;
import home.oikos.controller.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/// What is done about a stall in one look: at most one thing. A rung stands in status before it is taken.
final class Climb {
    private final Page page;
    private final Warmth warmth;
    private final Deeds deeds;
    private final Ladder ladder;
    private Optional<Instant> next = Optional.empty();

    Climb(Page page, Warmth warmth, Deeds deeds) {
        this.page = page;
        this.warmth = warmth;
        this.deeds = deeds;
        this.ladder = page.batch().ladder();
    }

    /// When something is due; empty when nothing is.
    Optional<Instant> next() {
        return next;
    }

    private Stall stall() {
        return Stall.read(page.part("stall"));
    }

    void go(Verdict verdict) {
        if (page.batch().suspend()) return;
        switch (ladder.next(stall(), verdict, page.batch().clock(), page.now())) {
            case Ladder.Move.Rest(var what, var at) -> rest(what, at);
            case Ladder.Move.Begin _ -> begin(verdict);
            case Ladder.Move.Take(var index) -> take(index);
            case Ladder.Move.Moves(var moves) -> keep(stall().moving(moves ? Optional.of(page.now()) : Optional.empty()));
            case Ladder.Move.End _ -> end();
        }
        page.condition(attention(stall()));
    }

    private void rest(String what, Optional<Instant> at) {
        var stall = page.part("stall");
        if (stall.isEmpty()) return;
        stall = what.isEmpty() ? stall.without("next") : stall.with("next", what);
        page.part("stall", at.isPresent() ? stall.with("nextTime", Times.text(at.get())) : stall.without("nextTime"));
        next = at;
    }

    private void keep(Stall stall) {
        page.part("stall", stall.json(page.part("stall")));
        next = Optional.of(page.now());
    }

    private void begin(Verdict verdict) {
        page.diary().tell("Stalled", "stall %d: %s".formatted(stall().number() + 1, verdict.note()));
        keep(stall().begun(page.now()));
    }

    private void take(int index) {
        var rung = ladder.rungs().get(index);
        if (index >= stall().rungs().size()) page.decide(decided(index, rung));
        var outcome = deeds.take(page.batch(), rung, index, stall().number(), warmth::warm);
        tell(index, rung, outcome);
        if (outcome.state() == State.Refused) page.ready(Condition.of("Ready", false, "StepRefused", outcome.message()));
        keep(stall().with(index, new Stall.Taken(outcome.state(), page.now(), outcome.message())));
    }

    /// What will be done, and what there was before.
    private JsonObject decided(int index, Rung rung) {
        var acting = stall().with(index, new Stall.Taken(State.Acting, page.now(), "")).json(page.part("stall"));
        var undoable = new ArrayList<>(acting.at("undoable").array().elements());
        if (ladder.undoAfter().isPresent()) undoable.addAll(deeds.before(page.batch(), rung, index));
        return acting.with("undoable", new JsonArray(undoable));
    }

    private void tell(int index, Rung rung, Deeds.Outcome outcome) {
        var text = "step %d of %d, %s: %s".formatted(index + 1, ladder.rungs().size(), rung.words(), outcome.message());
        boolean isAsked = rung.action() instanceof Rung.Action.Ask;
        page.diary().tell(outcome.state() == State.Done && isAsked ? "Ask" : "Step" + outcome.state(), text);
    }

    private void end() {
        takeBack();
        var ended = stall().ended();
        page.diary().tell("Recovered", "stall %d is over".formatted(ended.number()));
        page.part("stall", ended.json(page.part("stall").without("undoable").without("next").without("nextTime")));
        next = Optional.of(page.now());
    }

    /// Puts back what an open stall changed and nobody else has changed since.
    void takeBack() {
        if (!stall().isOpen() || ladder.undoAfter().isEmpty()) return;
        var undoable = page.part("stall").at("undoable").array();
        int restored = deeds.takeBack(page.batch(), undoable);
        var warm = warmth.warmed() > 0 ? ", temperature as the profile has it" : "";
        warmth.cool();
        page.diary().tell("Undone", "%d of %d fields put back%s".formatted(restored, undoable.size(), warm));
    }

    /// The last question to a person that is still open.
    private Condition attention(Stall stall) {
        for (int i = Math.min(ladder.rungs().size(), stall.rungs().size()) - 1; stall.isOpen() && i >= 0; i--) {
            boolean done = stall.rungs().get(i).state() == State.Done;
            if (done && ladder.rungs().get(i).action() instanceof Rung.Action.Ask(var message)) {
                return Condition.of("AttentionNeeded", true, "Stalled", message);
            }
        }
        return Condition.of("AttentionNeeded", false, "Nothing", "Nobody is needed.");
    }
}
