package home.oikos.brewery;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import home.oikos.controller.Condition;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import home.oikos.controller.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Looks at a batch: reads what its sensors said, judges, takes a step when it stalls, asks for its temperature, and tells.
final class FermentationReconciler implements Reconciler {
    /// A specification that makes no sense waits for its next change; another's vessel may become free.
    private static final Duration REFUSED = Duration.ofMinutes(1);
    private static final int FORBIDDEN = 403;

    private final ApiClient client;
    private final Cache<Claim> claims;
    private final Traces traces;
    private final Deeds deeds;
    private final Clock clock;
    private final Map<ObjectKey, Instant> toldFigures = new HashMap<>();
    /// How many lines of each diary were told as events.
    private final Map<ObjectKey, Long> toldLines = new HashMap<>();

    FermentationReconciler(ApiClient client, Cache<Claim> claims, Traces traces, Deeds deeds, Clock clock) {
        this.client = client;
        this.claims = claims;
        this.traces = traces;
        this.deeds = deeds;
        this.clock = clock;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        // The cache may lag behind what we wrote ourselves: a step is taken only from what the API holds now.
        var claim = claims.get(key);
        var object = claim.flatMap(_ -> client.find(Fermentation.RESOURCE, key));
        if (object.isEmpty()) {
            traces.forget(key);
            toldFigures.remove(key);
            toldLines.remove(key);
            return Outcome.SETTLED;
        }
        try {
            var refusal = refusal(claim.orElseThrow());
            return refusal.isPresent() ? refuse(object.get(), refusal.get()) : look(Fermentation.read(object.get()), object.get());
        } catch (IllegalArgumentException senseless) {
            return refuse(object.get(), Condition.of("Ready", false, "InvalidSpec", senseless.getMessage()));
        }
    }

    private Optional<Condition> refusal(Claim claim) {
        var all = claims.all().stream().collect(Collectors.toMap(Claim::key, Function.identity()));
        var taken = claim.takenBy(all.values());
        if (taken.isPresent()) {
            return Optional.of(Condition.of("Ready", false, "VesselTaken", taken.get()
                    + " is there already, in the same vessel or at the same control"));
        }
        return !claim.isCyclic(all) ? Optional.empty() : Optional.of(Condition.of("Ready", false, "Cyclic",
                "its steps change a Fermentation whose steps come back to it: that would never end"));
    }

    /// Says what is wrong and does nothing else: no temperature, no step.
    private Outcome refuse(Json object, Condition refusal) {
        var before = object.at("status").object();
        var status = before.with("observedGeneration", object.at("metadata", "generation").integer(0L)).with("phase", Phase.Unknown.name())
                .with("note", refusal.message()).with("missing", "a Fermentation that makes sense")
                .with("conditions", refusal.in(before.at("conditions"), clock.instant()));
        if (!status.equals(before)) client.updateStatus(Fermentation.RESOURCE, object.object().with("status", status));
        return new Outcome.CheckAgain(REFUSED);
    }

    private Outcome look(Fermentation batch, Json object) {
        var page = new Page(client, batch, object, clock.instant());
        var warmth = new Warmth(page, deeds);
        var climb = new Climb(page, warmth, deeds);
        open(page, climb);
        try {
            close(page, judge(page, warmth, climb), object);
        } catch (ApiException refused) {
            if (refused.code() != FORBIDDEN) throw refused;
            page.ready(Condition.of("Ready", false, "Forbidden", refused.getMessage()));
            page.close(JsonObject.EMPTY, false);
        }
        toldLines.put(batch.key(), page.announce(Optional.ofNullable(toldLines.get(batch.key()))));
        var later = page.now().plus(Rhythm.look(batch.clock(), page.phase()));
        return Outcome.checkAt(climb.next().filter(at -> at.isBefore(later)).orElse(later), page.now());
    }

    /// With a clean page when other yeast went in: what a stall of the last batch changed is put back.
    private void open(Page page, Climb climb) {
        var recipe = page.batch().recipe();
        var pitched = Times.text(page.batch().clock().pitch());
        var before = page.pitched();
        if (!before.isEmpty() && !before.equals(pitched)) {
            climb.takeBack();
            page.clear();
            toldLines.put(page.batch().key(), 0L);
        }
        if (!before.equals(pitched)) {
            page.diary().tell("Pitched", "the yeast is in: %s, %s expected to become %s".formatted(
                    recipe.name().isEmpty() ? "a batch" : recipe.name(), Units.sg(recipe.original()), Units.sg(recipe.expected())));
        }
        page.begin(pitched);
    }

    /// @return the figures
    private JsonObject judge(Page page, Warmth warmth, Climb climb) {
        var batch = page.batch();
        var look = traces.look(batch, page.now());
        double period = batch.vessel().period().toSeconds() * (double) batch.clock().timeScale();
        var seen = Evidence.of(look.trace(), batch.recipe(), batch.rule(), period, batch.clock().seconds(page.now()));
        var verdict = Verdict.of(seen, batch.rule(), warmth.isProfileOver()).explained(look.gravityComplaint());
        page.phase(verdict);
        warmth.advance(verdict, seen);
        climb.go(verdict);
        warmth.ask(seen, look.temperatureComplaint());
        var figures = Figures.of(seen, look.trace(), batch.rule(), batch.clock(), warmth.target()).with("note", verdict.note());
        var waits = warmth.waitsFor(verdict, seen);
        return waits.isEmpty() ? figures : figures.with("profile", page.part("profile").with("waitsFor", waits));
    }

    private void close(Page page, JsonObject figures, Json object) {
        var key = page.batch().key();
        boolean reads = !figures.at("display").equals(object.at("status", "display"));
        var told = Duration.between(toldFigures.getOrDefault(key, Instant.EPOCH), page.now());
        boolean due = Rhythm.isWorthAWrite(page.batch().clock(), page.phase(), reads, told);
        if (page.close(figures, due)) toldFigures.put(key, page.now());
    }
}
