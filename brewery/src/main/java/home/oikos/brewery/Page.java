package home.oikos.brewery;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.client.ApiClient;
import home.oikos.controller.Condition;
import home.oikos.controller.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/// A batch's status while it is looked at: what the API held when the look began, what changes, and how that is written. Used by one
/// thread, for one look.
final class Page {
    private final ApiClient client;
    private final Fermentation batch;
    private final Instant now;
    private final Diary diary = new Diary();
    private JsonObject object;
    private JsonObject status;
    private Condition ready;

    Page(ApiClient client, Fermentation batch, Json object, Instant now) {
        this.client = client;
        this.batch = batch;
        this.now = now;
        this.object = object.object();
        this.status = object.at("status").object();
        this.ready = batch.suspend() ? Condition.of("Ready", true, "Suspended", "It is watched; nothing is set and no step is done.")
                : Condition.of("Ready", true, "Watching", "It is watched.");
    }

    Fermentation batch() {
        return batch;
    }

    Instant now() {
        return now;
    }

    Diary diary() {
        return diary;
    }

    JsonObject part(String name) {
        return status.at(name).object();
    }

    void part(String name, JsonObject changed) {
        status = status.with(name, changed);
    }

    void condition(Condition condition) {
        status = status.with("conditions", condition.in(status.at("conditions"), now));
    }

    void ready(Condition condition) {
        ready = condition;
    }

    /// When the yeast went in, as it was known before; empty before the first look.
    String pitched() {
        return status.at("pitchTime").text("");
    }

    /// Of the last batch in this vessel nothing stays but the conditions.
    void clear() {
        status = JsonObject.of("conditions", status.at("conditions").array());
    }

    void begin(String pitched) {
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
        if (verdict.phase() == Phase.Stalled && !batch.suspend()) return;
        diary.tell(verdict.phase().name(), verdict.phase() + ": " + verdict.note());
    }

    /// Writes what is decided now, before it is done.
    /// @param stall the part of status that says so
    void decide(JsonObject stall) {
        part("stall", stall);
        write(status, true);
    }

    /// @param figures what moves all the time: worth a write only now and then
    /// @return whether the figures stand in status now
    boolean close(JsonObject figures, boolean figuresDue) {
        condition(ready);
        status = diary.in(status, now);
        boolean news = !status.equals(object.at("status"));
        if (news || figuresDue) write(status.withAll(figures), news);
        return news || figuresDue;
    }

    /// Tells what stands in the diary.
    /// @param from the number of the first line that was not told; empty for a process that has told nothing of this batch
    /// @return the number of the next line
    long announce(Optional<Long> from) {
        Diary.announce(status, from.orElseGet(() -> Diary.firstRecent(status, now)), batch, client);
        return Diary.count(status);
    }

    /// With the version that was read: somebody else's change meanwhile is a conflict, and the whole look is taken anew.
    private void write(JsonObject full, boolean news) {
        if (full.equals(object.at("status"))) return;
        var writer = news ? client : client.relaxed();
        object = writer.updateStatus(Fermentation.RESOURCE, object.with("status", full)).object();
        status = full;
    }
}
