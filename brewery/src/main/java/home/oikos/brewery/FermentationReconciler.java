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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Looks at a batch: reads what its sensors said, judges, sets its temperature, takes a step when it stalls, and tells.
final class FermentationReconciler implements Reconciler {
    /// A batch is looked at so often, on its own time; a hydrometer speaks twice in it.
    static final Duration LOOK = Duration.ofMinutes(30);
    private static final Duration LOOK_MIN = Duration.ofSeconds(2);
    private static final Duration LOOK_MAX = Duration.ofMinutes(5);
    /// Beer that is made is looked at so often.
    private static final Duration REST = Duration.ofMinutes(5);
    private static final Duration FIGURES_MIN = Duration.ofMinutes(5);
    private static final Duration FIGURES_MAX = Duration.ofHours(1);
    private static final Duration FIGURES_SIMULATED = Duration.ofSeconds(10);
    /// A specification that makes no sense waits for its next change; another's vessel may become free.
    private static final Duration REFUSED = Duration.ofMinutes(1);
    private static final int FORBIDDEN = 403;

    private final ApiClient client;
    private final Cache<Claim> claims;
    private final Traces traces;
    private final Deeds deeds;
    private final Clock clock;
    private final Map<ObjectKey, Instant> toldFigures = new HashMap<>();

    FermentationReconciler(ApiClient client, Cache<Claim> claims, Traces traces, Deeds deeds, Clock clock) {
        this.client = client;
        this.claims = claims;
        this.traces = traces;
        this.deeds = deeds;
        this.clock = clock;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var object = claims.get(key).isEmpty() ? null : client.find(Fermentation.RESOURCE, key).orElse(null);
        if (object == null) {
            traces.forget(key);
            toldFigures.remove(key);
            return Outcome.SETTLED;
        }
        try {
            var batch = Fermentation.read(object);
            var claim = claims.get(key).orElseThrow();
            var taken = claim.takenBy(claims.all());
            if (taken.isPresent()) return refuse(object, "VesselTaken",
                    "%s is there already, in the same vessel or at the same control".formatted(taken.get()));
            if (claim.isCyclic(claims.all().stream().collect(Collectors.toMap(Claim::key, Function.identity())))) {
                return refuse(object, "Cyclic", "its steps change a Fermentation whose steps come back to it: that would never end");
            }
            return look(batch, object);
        } catch (IllegalArgumentException senseless) {
            return refuse(object, "InvalidSpec", senseless.getMessage());
        }
    }

    /// Says what is wrong and does nothing else: no temperature, no step.
    private Outcome refuse(Json object, String reason, String message) {
        var before = object.at("status").object();
        var status = before.with("observedGeneration", object.at("metadata", "generation").integer(0L)).with("phase", Phase.Unknown.name())
                .with("note", message).with("missing", "a Fermentation that makes sense")
                .with("conditions", Condition.of("Ready", false, reason, message).in(before.at("conditions"), clock.instant()));
        if (!status.equals(before)) client.updateStatus(Fermentation.RESOURCE, object.object().with("status", status));
        return new Outcome.CheckAgain(REFUSED);
    }

    private Outcome look(Fermentation batch, Json object) {
        var now = clock.instant();
        var round = new Round(client, deeds, batch, object, now);
        round.open();
        try {
            var figures = judge(batch, round, now);
            boolean due = isDue(batch, round.phase(), !figures.at("display").equals(object.at("status", "display")), now);
            if (round.close(figures, due)) toldFigures.put(batch.key(), now);
        } catch (ApiException refused) {
            if (refused.code() != FORBIDDEN) throw refused;
            round.refuse("Forbidden", refused.getMessage());
            round.close(JsonObject.EMPTY, false);
        }
        var later = now.plus(round.phase() == Phase.Done ? REST : period(batch));
        return Outcome.checkAt(round.next().filter(at -> at.isBefore(later)).orElse(later), now);
    }

    /// Whether figures are worth a write: while it lives when a person would read another number, otherwise only so that their age stays
    /// true; beer that is made disturbs the disk no more.
    private boolean isDue(Fermentation batch, Phase phase, boolean reads, Instant now) {
        var told = Duration.between(toldFigures.getOrDefault(batch.key(), Instant.EPOCH), now);
        if (phase == Phase.Done) return reads && told.compareTo(FIGURES_MAX) >= 0;
        var least = batch.clock().timeScale() > 1 ? FIGURES_SIMULATED : FIGURES_MIN;
        return told.compareTo(reads ? least : FIGURES_MAX) >= 0;
    }

    private JsonObject judge(Fermentation batch, Round round, Instant now) {
        var look = traces.look(batch, now);
        double period = batch.vessel().period().toSeconds() * (double) batch.clock().timeScale();
        var seen = Evidence.of(look.trace(), batch.recipe(), batch.rule(), period, batch.clock().seconds(now));
        var profileOver = round.place().map(batch.profile()::isOver).orElse(batch.profile().steps().isEmpty());
        var verdict = Verdict.of(seen, batch.rule(), profileOver).explained(look.gravityComplaint());
        round.phase(verdict);
        round.advance(verdict, seen);
        round.ladder(verdict);
        round.temperature(seen, look.temperatureComplaint());
        var waits = round.place().flatMap(place -> batch.profile().waitsFor(place, verdict.phase(), seen.progress())).orElse("");
        var figures = Figures.of(seen, look.trace(), batch.rule(), batch.clock(), round.target()).with("note", verdict.note());
        return waits.isEmpty() ? figures : figures.with("profile", round.profile().with("waitsFor", waits));
    }

    private static Duration period(Fermentation batch) {
        var period = LOOK.dividedBy(batch.clock().timeScale());
        return period.compareTo(LOOK_MAX) > 0 ? LOOK_MAX : period.compareTo(LOOK_MIN) < 0 ? LOOK_MIN : period;
    }
}
