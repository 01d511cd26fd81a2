package home.oikos.apiserver;

import home.oikos.api.Json;
import java.util.List;

/// Validation of what controllers tell of their pods: no count is negative, and no part greater than its whole.
final class ReplicaStatusChecks {
    private static final List<String> DEPLOYMENT = List.of("observedGeneration", "replicas", "updatedReplicas", "readyReplicas",
            "availableReplicas", "unavailableReplicas", "collisionCount");
    private static final List<String> REPLICAS = List.of("replicas", "fullyLabeledReplicas", "readyReplicas", "availableReplicas",
            "observedGeneration");
    private static final List<String> STATEFUL_SET = List.of("replicas", "readyReplicas", "currentReplicas", "updatedReplicas",
            "availableReplicas", "observedGeneration", "collisionCount");
    private static final List<String> DAEMON_SET = List.of("currentNumberScheduled", "numberMisscheduled", "desiredNumberScheduled",
            "numberReady", "observedGeneration", "updatedNumberScheduled", "numberAvailable", "numberUnavailable", "collisionCount");

    private ReplicaStatusChecks() { }

    static void deployment(Json status, Json old, FieldErrors errors) {
        notNegative(status, DEPLOYMENT, errors);
        for (var part : List.of("updatedReplicas", "readyReplicas", "availableReplicas")) {
            within(status, part, "replicas", "status.replicas", errors);
        }
        within(status, "availableReplicas", "readyReplicas", "readyReplicas", errors);
        collisions(status, old, errors);
    }

    static void replicas(Json status, FieldErrors errors) {
        notNegative(status, REPLICAS, errors);
        for (var part : List.of("fullyLabeledReplicas", "readyReplicas", "availableReplicas")) {
            within(status, part, "replicas", "status.replicas", errors);
        }
        within(status, "availableReplicas", "readyReplicas", "readyReplicas", errors);
    }

    static void statefulSet(Json status, Json old, FieldErrors errors) {
        notNegative(status, STATEFUL_SET, errors);
        for (var part : List.of("readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas")) {
            within(status, part, "replicas", "status.replicas", errors);
        }
        within(status, "availableReplicas", "readyReplicas", "status.readyReplicas", errors);
        collisions(status, old, errors);
    }

    static void daemonSet(Json status, Json old, FieldErrors errors) {
        notNegative(status, DAEMON_SET, errors);
        collisions(status, old, errors);
    }

    private static void notNegative(Json status, List<String> counts, FieldErrors errors) {
        for (var count : counts) errors.notNegative(status.at(count), "status." + count);
    }

    private static void within(Json status, String part, String whole, String told, FieldErrors errors) {
        if (status.at(part).integer(0L) <= status.at(whole).integer(0L)) return;
        errors.invalid("status." + part, status.at(part), "cannot be greater than " + told);
    }

    private static void collisions(Json status, Json old, FieldErrors errors) {
        var count = status.at("collisionCount");
        if (count.integer(0L) < old.at("collisionCount").integer(0L)) {
            errors.invalid("status.collisionCount", count, "cannot be decremented");
        }
    }
}
