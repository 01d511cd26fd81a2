package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.Set;

/// Validation of kinds of which little is to be said.
final class SmallChecks {
    private static final int PRIORITY_MAX = 1_000_000_000;
    private static final Set<String> SYSTEM_CLASSES = Set.of("system-cluster-critical", "system-node-critical");

    private SmallChecks() { }

    static void lease(Json spec, FieldErrors errors) {
        var seconds = spec.at("leaseDurationSeconds");
        if (seconds.isPresent() && seconds.integer(0L) <= 0) errors.invalid("spec.leaseDurationSeconds", seconds, "must be greater than 0");
        errors.notNegative(spec.at("leaseTransitions"), "spec.leaseTransitions");
        if (spec.at("preferredHolder").isPresent() && spec.at("strategy").text("").isEmpty()) {
            errors.add(FieldError.forbidden("spec.preferredHolder", "may only be specified if `strategy` is defined"));
        }
    }

    static void disruptionBudget(Json spec, FieldErrors errors) {
        var least = spec.at("minAvailable");
        var most = spec.at("maxUnavailable");
        if (least.isPresent() && most.isPresent()) {
            errors.invalid("spec", JsonObject.of("MinAvailable", least, "Selector", spec.at("selector"), "MaxUnavailable", most,
                    "UnhealthyPodEvictionPolicy", spec.at("unhealthyPodEvictionPolicy")),
                    "minAvailable and maxUnavailable cannot be both set");
        }
        PercentChecks.notNegative(least, "spec.minAvailable", errors);
        PercentChecks.atMostAll(least, "spec.minAvailable", errors);
        PercentChecks.notNegative(most, "spec.maxUnavailable", errors);
        PercentChecks.atMostAll(most, "spec.maxUnavailable", errors);
        SelectorChecks.check(spec.at("selector"), "spec.selector", errors);
        errors.tell("spec.unhealthyPodEvictionPolicy");
    }

    static void disruptionStatus(Json status, FieldErrors errors) {
        for (var count : new String[] {"disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods"}) {
            errors.notNegative(status.at(count), "status." + count);
        }
    }

    static void priorityClass(JsonObject object, FieldErrors errors) {
        var name = object.at("metadata", "name").text("");
        if (SYSTEM_CLASSES.contains(name)) return;
        if (name.startsWith("system-")) {
            errors.add(FieldError.forbidden("metadata.name", "priority class names with 'system-' prefix are reserved for system use only. "
                    + "error: " + name + " is not a known system priority class"));
        } else if (object.at("value").integer(0L) > PRIORITY_MAX) {
            errors.add(FieldError.forbidden("value", "maximum allowed value of a user defined priority is " + PRIORITY_MAX));
        }
        errors.tell("preemptionPolicy");
    }

    static void priorityClassChange(JsonObject object, JsonObject old, FieldErrors errors) {
        if (object.at("value").integer(0L) != old.at("value").integer(0L)) {
            errors.add(FieldError.forbidden("value", "may not be changed in an update."));
        }
        errors.immutable("preemptionPolicy", object, old);
    }

    static void runtimeClass(JsonObject object, FieldErrors errors) {
        var handler = object.at("handler").text("");
        errors.forget("handler");
        errors.invalid("handler", handler, NameSyntax.labelError(handler));
        object.at("overhead", "podFixed").object().members().forEach((name, amount) ->
                LimitChecks.notNegative(amount, "overhead.podFixed.limits[" + name + "]", errors));
        errors.labels(object.at("scheduling", "nodeSelector"), "scheduling.nodeSelector");
        TolerationChecks.check(object.at("scheduling", "tolerations"), "scheduling.tolerations", errors);
    }

    static void controllerRevision(JsonObject object, FieldErrors errors) {
        if (object.at("data").isNull()) errors.add(FieldError.required("data", "data is mandatory"));
        errors.notNegative(object.at("revision"), "revision");
    }
}
