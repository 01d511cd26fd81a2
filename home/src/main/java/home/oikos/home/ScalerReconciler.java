package home.oikos.home;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.cel.CelException;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import home.oikos.controller.Condition;
import home.oikos.controller.EventRecorder;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import home.oikos.controller.Reference;
import home.oikos.controller.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Scales a Scaler's target to what its triggers ask for, with the rights of its ServiceAccount.
final class ScalerReconciler implements Reconciler {
    /// How often it looks whether somebody else has scaled the target.
    static final Duration LOOK_PERIOD = Duration.ofSeconds(30);

    private final ApiClient client;
    private final Cache<Device> devices;
    private final ResourceMap resources;
    private final EventRecorder events;
    private final Clock clock;

    ScalerReconciler(ApiClient client, Cache<Device> devices, ResourceMap resources, EventRecorder events, Clock clock) {
        this.client = client;
        this.devices = devices;
        this.resources = resources;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var object = client.find(Kinds.SCALERS, key).orElse(null);
        if (object == null) return Outcome.SETTLED;
        var scaler = Scaler.read(object);
        var now = clock.instant();
        try {
            return scale(object, scaler, now);
        } catch (ApiException refused) {
            if (refused.code() == 409 || refused.code() >= 500) throw refused;
            var ready = Condition.of("Ready", false, refused.code() == 403 ? "Forbidden" : "TargetNotFound", refused.code() != 403 ? refused.getMessage()
                    : refused.getMessage() + ". To allow it: " + Grant.command(key.namespace(), scaler.serviceAccountName()));
            write(object, object.at("status").object().with("observedGeneration", scaler.generation()), ready, now);
            return new Outcome.CheckAgain(LOOK_PERIOD);
        }
    }

    private Outcome scale(Json object, Scaler scaler, Instant now) {
        var acting = client.asServiceAccount(new ObjectKey(scaler.key().namespace(), scaler.serviceAccountName()))
                .fieldManager("scaler-" + scaler.key().name());
        var resource = resources.of(scaler.target().apiVersion(), scaler.target().kind());
        int current = acting.scale(resource, scaler.target().key());
        var plan = ScalePlan.of(scaler, current, this::value, now);
        if (plan.replicas() != current) {
            acting.scale(resource, scaler.target().key(), plan.replicas());
            events.normal(new Reference(Kinds.SCALERS, scaler.key(), scaler.uid()), "Scaled", "%s: from %d to %d; %s"
                    .formatted(scaler.target().key().name(), current, plan.replicas(), plan.why()));
        }
        write(object, status(object, scaler, plan, current, now), ready(plan), now);
        return later(plan, now);
    }

    private static Outcome later(ScalePlan plan, Instant now) {
        var look = now.plus(LOOK_PERIOD);
        return Outcome.checkAt(plan.next().filter(at -> at.isBefore(look)).orElse(look), now);
    }

    private double value(ScaleTrigger.Telemetry telemetry) {
        var device = devices.get(telemetry.device()).orElseThrow(() -> new CelException("there is no device " + telemetry.device()));
        double value = device.value(telemetry.property()).decimal(Double.NaN);
        if (Double.isNaN(value)) throw new CelException(telemetry.property() + " of " + telemetry.device().name() + " is no number");
        return value;
    }

    private static Condition ready(ScalePlan plan) {
        return plan.states().stream().filter(ScalePlan.TriggerState::error).findFirst()
                .map(wrong -> Condition.of("Ready", false, "TriggerUnknown", wrong.message())).orElse(Condition.of("Ready", true, "Scaling", plan.why()));
    }

    private static JsonObject status(Json object, Scaler scaler, ScalePlan plan, int current, Instant now) {
        var before = object.at("status");
        var triggers = new JsonArray(plan.states().stream().<Json>map(state -> JsonObject.of("active", state.active(), "message", state.message())).toList());
        return JsonObject.of("observedGeneration", scaler.generation(), "currentReplicas", current, "desiredReplicas", plan.replicas(),
                "lowerReplicas", plan.lower().map(Scaler.Lower::replicas).orElse(null),
                "lowerSinceTime", plan.lower().map(lower -> Times.micro(lower.since())).orElse(null),
                "scaledTime", plan.replicas() != current ? Times.text(now) : before.at("scaledTime").text(null),
                "nextChangeTime", plan.next().map(Times::text).orElse(null), "triggers", triggers, "conditions", before.at("conditions").array());
    }

    private void write(Json object, JsonObject status, Condition ready, Instant now) {
        var full = status.with("conditions", ready.in(status.at("conditions"), now));
        if (isNews(object.at("status"), full)) client.updateStatus(Kinds.SCALERS, object.object().with("status", full));
    }

    /// A sentence whose values moved is no news by itself: a noisy sensor must not write to the disk all day.
    private static boolean isNews(Json before, JsonObject after) {
        if (!decisions(before).equals(decisions(after))) return true;
        var told = Condition.find(before.at("conditions"), "Ready");
        var ready = Condition.find(after.at("conditions"), "Ready");
        return !told.map(it -> it.at("reason")).equals(ready.map(it -> it.at("reason")));
    }

    private static JsonObject decisions(Json status) {
        return status.object().without("conditions").with("triggers", status.at("triggers").array().map(trigger -> trigger.at("active")));
    }
}
