package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.client.Resources;
import home.oikos.controller.Condition;
import home.oikos.controller.Reference;
import home.oikos.controller.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A Job.
/// @param resourceVersion makes the status conditional on the one it counts on from
/// @param completions absent for a work queue: then one success ends it
/// @param backoffLimitPerIndex how often each index may fail; absent when all count together
/// @param replaceFailedOnly whether a pod on its way out still counts as running (podReplacementPolicy Failed)
record Job(Metadata metadata, String resourceVersion, int parallelism, Optional<Integer> completions, boolean indexed, int backoffLimit,
        Optional<Duration> activeDeadline, Optional<Duration> ttl, boolean suspended, boolean replaceFailedOnly, Json failurePolicy,
        SuccessPolicy successPolicy, Optional<Integer> backoffLimitPerIndex, int maxFailedIndexes, Json template, JsonObject status) {
    static final String FINALIZER = "batch.kubernetes.io/job-tracking";
    /// How often the index of a pod had failed before it.
    static final String FAILURES = "batch.kubernetes.io/job-index-failure-count";
    static final String INDEX = "batch.kubernetes.io/job-completion-index";

    static Job of(Json object) {
        var spec = object.at("spec");
        return new Job(Metadata.of(object), object.at("metadata", "resourceVersion").text(""), spec.at("parallelism").integer(1),
                completions(spec), spec.at("completionMode").text("").equals("Indexed"), spec.at("backoffLimit").integer(6),
                seconds(spec.at("activeDeadlineSeconds")), seconds(spec.at("ttlSecondsAfterFinished")), spec.at("suspend").bool(false),
                spec.at("podReplacementPolicy").text("").equals("Failed"), spec.at("podFailurePolicy"), new SuccessPolicy(spec.at("successPolicy")),
                spec.at("backoffLimitPerIndex").isNull() ? Optional.empty() : Optional.of(spec.at("backoffLimitPerIndex").integer(0)),
                spec.at("maxFailedIndexes").integer(Integer.MAX_VALUE), spec.at("template"),
                object.at("status").object());
    }

    private static Optional<Integer> completions(Json spec) {
        return spec.at("completions").isNull() ? Optional.empty() : Optional.of(spec.at("completions").integer(1));
    }

    private static Optional<Duration> seconds(Json value) {
        return value.isNull() ? Optional.empty() : Optional.of(Duration.ofSeconds(value.integer(0L)));
    }

    Reference reference() {
        return new Reference(Resources.JOBS, metadata.key(), metadata.uid());
    }

    Json conditions() {
        return status.at("conditions");
    }

    boolean has(String condition) {
        return Condition.isTrue(conditions(), condition);
    }

    boolean isFinished() {
        return has("Complete") || has("Failed");
    }

    Optional<Instant> startTime() {
        return Times.read(status.at("startTime"));
    }

    Optional<Instant> finishTime() {
        return Condition.find(conditions(), has("Complete") ? "Complete" : "Failed")
                .flatMap(condition -> Times.read(condition.at("lastTransitionTime")));
    }

    int count(String field) {
        return status.at(field).integer(0);
    }

    boolean restartsInPlace() {
        return template.at("spec", "restartPolicy").text("").equals("OnFailure");
    }
}
