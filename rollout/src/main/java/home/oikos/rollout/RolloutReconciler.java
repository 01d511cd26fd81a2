package home.oikos.rollout;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.cel.CelPrograms;
import home.oikos.client.ApiClient;
import home.oikos.client.Patch;
import home.oikos.client.Resource;
import home.oikos.controller.EventRecorder;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import home.oikos.home.Grant;
import home.oikos.home.Sight;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/// Brings a rollout one step further: plans on the caches, and when something is to change, plans anew on what the API holds now, writes that down, and only
/// then asks devices. One thread does this for all rollouts, so that two of them never spare the same device twice.
final class RolloutReconciler implements Reconciler {
    static final Resource DEVICES = Resource.namespaced(Rollout.RESOURCE.apiVersion(), "devices", "Device");
    static final Resource FIRMWARES = Resource.namespaced(Rollout.RESOURCE.apiVersion(), "firmwares", "Firmware");
    /// What reads objects of the API or the age of a value is looked at this often; devices call at each change.
    private static final Duration POLL_PERIOD = Duration.ofSeconds(5);
    /// After a refusal, and when an event was missed.
    private static final Duration LOOK_PERIOD = Duration.ofSeconds(30);

    private final ApiClient client;
    private final Caches caches;
    private final CelPrograms programs;
    private final Sight sight;
    private final EventRecorder events;
    private final Clock clock;

    RolloutReconciler(ApiClient client, Caches caches, CelPrograms programs, Sight sight, EventRecorder events, Clock clock) {
        this.client = client;
        this.caches = caches;
        this.programs = programs;
        this.sight = sight;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var cached = caches.rollouts().get(key);
        if (cached.isEmpty()) return Outcome.SETTLED;
        var now = clock.instant();
        var seen = fleet(cached.get(), caches.of(key.namespace()), now);
        var planned = RolloutPlan.next(cached.get(), seen);
        if (isQuiet(cached.get(), planned, seen)) return later(cached.get(), planned, seen);
        var object = client.find(Rollout.RESOURCE, key);
        return object.isEmpty() ? Outcome.SETTLED : advance(object.get(), now);
    }

    private Fleet fleet(Rollout rollout, Neighbourhood all, Instant now) {
        return all.fleet(rollout, new Expressions(programs, sight, rollout, now), Expressions.trouble(programs, rollout), now);
    }

    private static boolean isQuiet(Rollout rollout, RolloutState planned, Fleet fleet) {
        return Order.of(rollout, planned, fleet).isEmpty() && new Report(rollout, planned, fleet, Optional.empty()).status().equals(rollout.told());
    }

    private Outcome advance(Json object, Instant now) {
        var rollout = Rollout.read(object);
        var fleet = fleet(rollout, Caches.fresh(client, rollout.key().namespace()), now);
        var next = RolloutPlan.next(rollout, fleet);
        var written = write(object, new Report(rollout, next, fleet, Optional.empty()));
        News.between(rollout.state(), next, rollout.will().rollsBack()).forEach(news -> tell(rollout, news));
        try {
            var after = give(rollout, next, fleet);
            if (!after.equals(next)) write(written, new Report(Rollout.read(written), after, fleet, Optional.empty()));
            return later(rollout, after, fleet);
        } catch (ApiException refused) {
            if (!isForbidden(refused)) throw refused;
            var grant = Grant.command(rollout.key().namespace(), rollout.serviceAccountName());
            var trouble = new Fleet.Trouble("Forbidden", "%s. To allow it: %s".formatted(refused.getMessage(), grant));
            write(written, new Report(Rollout.read(written), next, fleet, Optional.of(trouble)));
            return new Outcome.CheckAgain(LOOK_PERIOD);
        }
    }

    private void tell(Rollout rollout, News news) {
        if (news.warning()) events.warning(rollout.reference(), news.reason(), news.message());
        else events.normal(rollout.reference(), news.reason(), news.message());
    }

    /// With the version that was read: somebody else's change meanwhile is a conflict, and everything is seen anew.
    private Json write(Json object, Report report) {
        var status = report.status();
        if (status.equals(object.at("status"))) return object;
        return client.updateStatus(Rollout.RESOURCE, object.object().with("status", status));
    }

    // Asking devices.

    /// @return the state with what was refused
    private RolloutState give(Rollout rollout, RolloutState state, Fleet fleet) {
        var after = state;
        for (var order : Order.of(rollout, state, fleet)) {
            var name = order.device().name();
            var refusal = give(rollout, order);
            if (refusal.isEmpty()) continue;
            var members = new TreeMap<>(after.members());
            members.put(name, Course.refused(members.get(name), refusal.get(), fleet));
            after = after.with(members.values());
        }
        return after;
    }

    /// @return why admission refused; empty when it did not
    private Optional<String> give(Rollout rollout, Order order) {
        var object = client.find(DEVICES, order.device().key());
        if (object.isEmpty() || !Appliance.read(object.get()).wish().equals(order.device().wish())) return Optional.empty();
        var patch = Patch.merge("metadata", JsonObject.of("resourceVersion", object.get().at("metadata", "resourceVersion")),
                "spec", JsonObject.of("firmware", wish(order)));
        try {
            rollout.actor().client(client).patch(DEVICES, order.device().key(), patch);
            return Optional.empty();
        } catch (ApiException refused) {
            if (refused.code() == 404) return Optional.empty();
            if (refused.code() == 409 || refused.code() >= 500 || isForbidden(refused)) throw refused;
            return Optional.of(refused.getMessage());
        }
    }

    private static JsonObject wish(Order order) {
        return switch (order) {
            case Order.Offer(_, var wish, var downgrade) -> JsonObject.of("firmwareName", wish.firmwareName(), "attempt", wish.attempt())
                    .with("allowDowngrade", downgrade ? Json.of(true) : Json.NULL);
            case Order.Withdraw _ -> JsonObject.EMPTY.with("firmwareName", Json.NULL).with("allowDowngrade", Json.NULL);
        };
    }

    /// RBAC's word, which is about the rollout's account; admission's is about the device.
    private static boolean isForbidden(ApiException refused) {
        return refused.code() == 403 && refused.getMessage().contains("cannot");
    }

    private Outcome later(Rollout rollout, RolloutState state, Fleet fleet) {
        var next = Agenda.next(rollout, state, fleet);
        boolean polls = Agenda.isWatching(state) && Expressions.haveToBePolled(programs, rollout);
        var poll = fleet.now().plus(polls ? POLL_PERIOD : LOOK_PERIOD);
        var then = next.filter(at -> at.isBefore(poll)).or(() -> Agenda.isWatching(state) ? Optional.of(poll) : next);
        return then.isEmpty() ? Outcome.SETTLED : Outcome.checkAt(then.get().plusMillis(1), clock.instant());
    }
}
