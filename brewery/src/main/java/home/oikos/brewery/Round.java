package home.oikos.brewery;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.brewery.Stall.State;
import home.oikos.client.ApiClient;
import home.oikos.controller.Condition;
import home.oikos.controller.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One look at one batch, from what the API held when it began to what it holds in the end. A step stands in status before it is done. Used
/// by one thread, once.
final class Round {
    private final ApiClient client;
    private final Deeds deeds;
    private final Fermentation batch;
    private final Instant now;
    private final Diary diary = new Diary();
    private JsonObject object;
    private JsonObject status;
    private Optional<Instant> next = Optional.empty();
    private Condition ready;

    Round(ApiClient client, Deeds deeds, Fermentation batch, Json object, Instant now) {
        this.client = client;
        this.deeds = deeds;
        this.batch = batch;
        this.now = now;
        this.object = object.object();
        this.status = object.at("status").object();
        this.ready = batch.suspend() ? Condition.of("Ready", true, "Suspended", "It is watched; nothing is set and no step is done.")
                : Condition.of("Ready", true, "Watching", "It is watched.");
    }

    /// When something is due; empty when nothing is.
    Optional<Instant> next() {
        return next;
    }

    /// Begins with a clean page when other yeast went in.
    void open() {
        var pitched = Times.text(batch.clock().pitch());
        var before = status.at("pitchTime").text("");
        if (!before.isEmpty() && !before.equals(pitched)) {
            takeBack(Stall.read(status.at("stall")));
            status = JsonObject.of("conditions", status.at("conditions").array());
        }
        if (!before.equals(pitched)) diary.tell("Pitched",
                "the yeast is in: %s, %s expected to become %s".formatted(batch.recipe().name().isEmpty() ? "a batch"
                : batch.recipe().name(), Units.sg(batch.recipe().original()), Units.sg(batch.recipe().expected())));
        status = status.with("observedGeneration", batch.generation()).with("pitchTime", pitched);
    }

    Phase phase() {
        return Phase.of(status.at("phase").text(""));
    }

    void phase(Verdict verdict) {
        if (verdict.phase().name().equals(status.at("phase").text(""))) return;
        var phases = new ArrayList<>(status.at("phases").array().elements());
        phases.add(JsonObject.of("phase", verdict.phase().name(), "time", Times.text(now)));
        status = status.with("phase", verdict.phase().name()).with("phaseSinceTime", Times.text(now)).with("note", verdict.note())
                .with("phases", new JsonArray(phases.subList(Math.max(0, phases.size() - Diary.LINES_MAX), phases.size())));
        status = verdict.missing().isEmpty() ? status.without("missing") : status.with("missing", verdict.missing());
        // A stall is told by the ladder, which counts it.
        if (verdict.phase() != Phase.Stalled || batch.suspend()) diary.tell(verdict.phase().name(), verdict.phase() + ": "
                + verdict.note());
    }

    // ---- temperature

    /// Where it is in its profile; empty where there is none.
    Optional<Profile.Place> place() {
        var profile = status.at("profile");
        if (batch.profile().steps().isEmpty() || profile.at("startTime").isNull()) return Optional.empty();
        var start = Times.read(profile.at("startTime")).orElse(now);
        int index = Math.clamp(profile.at("index").integer(0), 0, batch.profile().steps().size() - 1);
        return Optional.of(new Profile.Place(index, batch.clock().between(start, now),
                decimal(profile.at("fromCelsius"), batch.profile().at(index).celsius())));
    }

    /// Goes on to the next step when this one is over. With a phase that nobody knows it stays where it is.
    void advance(Verdict verdict, Evidence seen) {
        if (batch.profile().steps().isEmpty() || batch.suspend()) return;
        var place = place();
        if (place.isEmpty()) {
            enter(0, seen.celsius().orElse(batch.profile().at(0).celsius()));
            return;
        }
        if (verdict.phase() == Phase.Unknown) return;
        if (batch.profile().waitsFor(place.get(), verdict.phase(), seen.progress()).isEmpty()) enter(place.get().index() + 1,
                target().orElse(place.get().from()));
    }

    private void enter(int index, double from) {
        var step = batch.profile().at(index);
        var profile = status.at("profile").object().with("step", step.name()).with("index", index).with("startTime", Times.micro(now))
                .with("fromCelsius", Units.one(from));
        status = status.with("profile", profile);
        diary.tell("Profile", "temperature step %s: %s %s °C".formatted(step.name(), words(step.type()), Units.one(step.celsius())));
    }

    private static String words(ProfileStep.Type type) {
        return switch (type) {
            case Hold -> "hold";
            case Ramp -> "ramp to";
            case FreeRise -> "rise freely to";
            case ColdCrash -> "cold crash to";
        };
    }

    JsonObject profile() {
        return status.at("profile").object();
    }

    /// What was asked for last.
    Optional<Double> target() {
        double before = decimal(status.at("profile", "targetCelsius"), Double.NaN);
        return Double.isNaN(before) ? Optional.empty() : Optional.of(before);
    }

    private double warmed() {
        return decimal(status.at("profile", "warmedCelsius"), 0);
    }

    private static double decimal(Json text, double otherwise) {
        try {
            return text.text().map(Double::parseDouble).orElse(otherwise);
        } catch (NumberFormatException unreadable) {
            return otherwise;
        }
    }

    /// Asks the vessel's control for the temperature of this hour, unless a thermometer that makes no sense or a clock that jumped forbids
    /// it.
    void temperature(Evidence seen, String complaint) {
        var place = place();
        if (place.isEmpty() || batch.suspend()) return;
        if (!complaint.isEmpty() || seen.ahead()) {
            condition(Condition.of("TemperatureFollowed", false, "Implausible", complaint.isEmpty() ? "a clock jumped" : complaint));
            return;
        }
        double before = target().orElse(place.get().from());
        var wanted = Units.one(batch.profile().target(place.get(), before, seen.celsius(), warmed()));
        status = status.with("profile", status.at("profile").object().with("targetCelsius", wanted));
        if (batch.vessel().control().isEmpty()) return;
        condition(deeds.follow(batch, batch.vessel().control().get(), wanted));
    }

    private void condition(Condition condition) {
        status = status.with("conditions", condition.in(status.at("conditions"), now));
    }

    // ---- the ladder

    /// Does at most one thing about a stall.
    void ladder(Verdict verdict) {
        if (batch.suspend()) return;
        var stall = Stall.read(status.at("stall"));
        switch (batch.ladder().next(stall, verdict, batch.clock(), now)) {
            case Ladder.Move.Rest(var what, var at) -> rest(what, at);
            case Ladder.Move.Begin _ -> begin(stall, verdict);
            case Ladder.Move.Take(var index) -> take(stall, index);
            case Ladder.Move.Moves(var moves) -> keep(stall.moving(moves ? Optional.of(now) : Optional.empty()));
            case Ladder.Move.End _ -> end(stall);
        }
        attention(Stall.read(status.at("stall")));
    }

    private void rest(String what, Optional<Instant> at) {
        if (status.at("stall").isNull()) return;
        var stall = status.at("stall").object();
        stall = what.isEmpty() ? stall.without("next") : stall.with("next", what);
        status = status.with("stall", at.isPresent() ? stall.with("nextTime", Times.text(at.get())) : stall.without("nextTime"));
        next = at;
    }

    private void keep(Stall stall) {
        status = status.with("stall", stall.json(status.at("stall").object()));
        next = Optional.of(now);
    }

    private void begin(Stall stall, Verdict verdict) {
        diary.warn("Stalled", "stall %d: %s".formatted(stall.number() + 1, verdict.note()));
        keep(stall.begun(now));
    }

    private void take(Stall stall, int index) {
        var rung = batch.ladder().rungs().get(index);
        if (index >= stall.rungs().size()) write(decided(stall, index, rung));
        var taken = deeds.take(batch, rung, index, stall.number(), this::warm);
        var text = "step %d of %d, %s: %s".formatted(index + 1, batch.ladder().rungs().size(), rung.words(), taken.message());
        if (taken.state() == State.Done && !(rung.action() instanceof Rung.Action.Ask)) diary.tell("StepDone", text);
        else diary.warn(taken.state() == State.Done ? "Ask" : "Step" + taken.state(), text);
        if (taken.state() == State.Refused) ready = Condition.of("Ready", false, "StepRefused", taken.message());
        keep(Stall.read(status.at("stall")).with(index, new Stall.Taken(taken.state(), now, taken.message())));
    }

    /// What will be done and what there was before stands in status before it is done.
    private JsonObject decided(Stall stall, int index, Rung rung) {
        var acting = stall.with(index, new Stall.Taken(State.Acting, now, "")).json(status.at("stall").object());
        var undoable = new ArrayList<>(acting.at("undoable").array().elements());
        if (batch.ladder().undoAfter().isPresent()) undoable.addAll(deeds.before(batch, rung, index));
        return status.with("stall", acting.with("undoable", new JsonArray(undoable)));
    }

    /// @return how much warmer it will be; less than asked for, or nothing, at the yeast's limit
    private double warm(double by) {
        var place = place();
        if (place.isEmpty() || batch.profile().at(place.get().index()).type() == ProfileStep.Type.ColdCrash) return 0;
        double room = batch.recipe().warmest() - target().orElse(batch.recipe().warmest());
        double more = Math.clamp(by, 0, Math.max(0, room));
        // Written together with what became of the rung, so that a rung taken again after a crash warms once.
        status = status.with("profile", status.at("profile").object().with("warmedCelsius", Units.one(warmed() + more)));
        return more;
    }

    private void end(Stall stall) {
        takeBack(stall);
        diary.tell("Recovered", "stall %d is over".formatted(stall.number()));
        status = status.with("stall",
                stall.ended().json(status.at("stall").object().without("undoable").without("next").without("nextTime")));
        next = Optional.of(now);
    }

    private void takeBack(Stall stall) {
        if (!stall.isOpen() || batch.ladder().undoAfter().isEmpty()) return;
        var undoable = status.at("stall", "undoable").array();
        int restored = deeds.takeBack(batch, undoable);
        boolean warm = warmed() > 0;
        status = status.with("profile", status.at("profile").object().without("warmedCelsius"));
        diary.tell("Undone", "%d of %d fields put back%s".formatted(restored, undoable.size(), warm ? ", temperature as the profile has it"
                : ""));
    }

    private void attention(Stall stall) {
        var asked = List.copyOf(batch.ladder().rungs());
        for (int i = Math.min(asked.size(), stall.rungs().size()) - 1; stall.isOpen() && i >= 0; i--) {
            if (asked.get(i).action() instanceof Rung.Action.Ask(var message) && stall.rungs().get(i).state() == State.Done) {
                condition(Condition.of("AttentionNeeded", true, "Stalled", message));
                return;
            }
        }
        condition(Condition.of("AttentionNeeded", false, "Nothing", "Nobody is needed."));
    }

    // ---- writing

    void refuse(String reason, String message) {
        ready = Condition.of("Ready", false, reason, message);
    }

    /// @param figures what moves all the time: worth a write only now and then
    /// @return whether the figures stand in status now
    boolean close(JsonObject figures, boolean figuresDue) {
        condition(ready);
        status = diary.in(status, batch, client, now);
        boolean news = !status.equals(object.at("status"));
        if (news || figuresDue) write(status.withAll(figures), news);
        return news || figuresDue;
    }

    private void write(JsonObject full) {
        write(full, true);
    }

    /// With the version that was read: somebody else's change meanwhile is a conflict, and the whole round is done anew.
    private void write(JsonObject full, boolean news) {
        if (full.equals(object.at("status"))) return;
        var writer = news ? client : client.relaxed();
        object = writer.updateStatus(Fermentation.RESOURCE, object.with("status", full)).object();
        status = full;
    }

    /// Whether a refusal is final: the same again would be refused again.
    static boolean isFinal(ApiException refused) {
        return refused.code() != 409 && refused.code() < 500;
    }
}
