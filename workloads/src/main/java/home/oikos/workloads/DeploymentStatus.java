package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.controller.Condition;
import home.oikos.controller.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The status of a Deployment, from its ReplicaSets and from the status before. Pure.
final class DeploymentStatus {
    private final Deployment deployment;
    private final Revisions revisions;
    private final List<ReplicaSet> all;
    private final Optional<String> created;
    private final Instant now;

    private DeploymentStatus(Deployment deployment, Revisions revisions, Optional<String> created, Instant now) {
        this.deployment = deployment;
        this.revisions = revisions;
        this.created = created;
        this.now = now;
        this.all = new ArrayList<>(revisions.old());
        revisions.current().ifPresent(all::add);
    }

    /// @param created the name of the ReplicaSet that was made just now: from then on the progress deadline runs
    static JsonObject of(Deployment deployment, Revisions revisions, Optional<String> created, Instant now) {
        return new DeploymentStatus(deployment, revisions, created, now).status();
    }

    private JsonObject status() {
        var counted = JsonObject.of("observedGeneration", deployment.metadata().generation(),
                "replicas", present(sum("replicas")),
                "updatedReplicas", present(revisions.current().map(set -> set.count("replicas")).orElse(0)),
                "readyReplicas", present(sum("readyReplicas")), "availableReplicas", present(sum("availableReplicas")),
                "unavailableReplicas", present(Math.max(0, wanted() - sum("availableReplicas"))),
                "terminatingReplicas", sum("terminatingReplicas"));
        int collisions = deployment.count("collisionCount");
        if (collisions > 0) counted = counted.with("collisionCount", collisions);
        return counted.with("conditions", conditions(counted));
    }

    private int wanted() {
        return all.stream().mapToInt(ReplicaSet::replicas).sum();
    }

    private int sum(String field) {
        return all.stream().mapToInt(set -> set.count(field)).sum();
    }

    private static Integer present(int count) {
        return count == 0 ? null : Integer.valueOf(count);
    }

    private JsonArray conditions(JsonObject counted) {
        var conditions = new ArrayList<Json>();
        conditions.add(dated(availability()));
        progress(counted).map(this::dated).or(() -> before("Progressing")).ifPresent(conditions::add);
        failure().map(this::dated).ifPresent(conditions::add);
        return new JsonArray(conditions);
    }

    private Optional<Json> before(String type) {
        return Condition.find(deployment.status().at("conditions"), type);
    }

    /// A Deployment's conditions also say when they were last confirmed.
    private Json dated(Condition condition) {
        var before = before(condition.type()).orElse(Json.NULL);
        boolean same = Condition.read(before).equals(condition);
        boolean advanced = condition.reason().equals("ReplicaSetUpdated");
        if (same && !advanced) return before;
        var kept = before.at("status").text("").equals(condition.status()) ? before.at("lastTransitionTime") : Json.of(Times.text(now));
        return condition.json().with("lastUpdateTime", Times.text(now)).with("lastTransitionTime", kept);
    }

    private Condition availability() {
        boolean enough = sum("availableReplicas") >= deployment.replicas() - deployment.unavailable();
        return Condition.of("Available", enough, enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
                enough ? "Deployment has minimum availability." : "Deployment does not have minimum availability.");
    }

    private Optional<Condition> failure() {
        return all.stream().flatMap(set -> Condition.find(set.status().at("conditions"), "ReplicaFailure").stream())
                .map(Condition::read).reduce((_, newest) -> newest);
    }

    /// What is new about the progress; empty when the condition stays as it is.
    private Optional<Condition> progress(JsonObject counted) {
        var before = before("Progressing").map(Condition::read);
        if (deployment.paused()) return Optional.of(new Condition("Progressing", "Unknown", "DeploymentPaused", "Deployment is paused"));
        if (before.filter(condition -> condition.reason().equals("DeploymentPaused")).isPresent()) {
            return Optional.of(new Condition("Progressing", "Unknown", "DeploymentResumed", "Deployment is resumed"));
        }
        if (deployment.progressDeadline().isEmpty()) return Optional.empty();
        if (created.isPresent()) {
            return Optional.of(Condition.of("Progressing", true, "NewReplicaSetCreated", "Created new replica set \"" + created.get()
                    + "\""));
        }
        boolean wasComplete = before.filter(condition -> condition.reason().equals("NewReplicaSetAvailable")).isPresent()
                && counted.at("replicas").equals(counted.at("updatedReplicas"));
        return wasComplete ? Optional.empty() : step(before, counted);
    }

    private Optional<Condition> step(Optional<Condition> before, JsonObject counted) {
        if (deployment.isComplete(counted)) {
            return Optional.of(Condition.of("Progressing", true, "NewReplicaSetAvailable", subject() + " has successfully progressed."));
        }
        if (before.isEmpty() || hasProgressed(counted)) {
            return Optional.of(Condition.of("Progressing", true, "ReplicaSetUpdated", subject() + " is progressing."));
        }
        return deadline().filter(due -> !due.isAfter(now))
                .map(_ -> Condition.of("Progressing", false, "ProgressDeadlineExceeded", subject() + " has timed out progressing."));
    }

    private String subject() {
        return revisions.current().map(set -> "ReplicaSet \"" + set.name() + "\"").orElse("Deployment \"" + deployment.name() + "\"");
    }

    private boolean hasProgressed(JsonObject counted) {
        int updated = counted.at("updatedReplicas").integer(0);
        int old = counted.at("replicas").integer(0) - updated;
        return updated > deployment.count("updatedReplicas")
                || old < deployment.count("replicas") - deployment.count("updatedReplicas")
                || counted.at("readyReplicas").integer(0) > deployment.count("readyReplicas")
                || counted.at("availableReplicas").integer(0) > deployment.count("availableReplicas");
    }

    private Optional<Instant> deadline() {
        return deadline(deployment);
    }

    /// When the progress deadline runs out, while it runs.
    static Optional<Instant> deadline(Deployment deployment) {
        var progressing = Condition.find(deployment.status().at("conditions"), "Progressing").orElse(Json.NULL);
        var reason = progressing.at("reason").text("");
        if (deployment.paused() || reason.equals("NewReplicaSetAvailable")) return Optional.empty();
        Optional<Duration> allowed = deployment.progressDeadline();
        return Times.read(progressing.at("lastUpdateTime")).flatMap(from -> allowed.map(from::plus));
    }
}
