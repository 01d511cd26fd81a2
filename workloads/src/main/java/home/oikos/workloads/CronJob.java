package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.client.Resources;
import home.oikos.controller.Reference;
import home.oikos.controller.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A CronJob.
record CronJob(Metadata metadata, String schedule, String timeZone, boolean suspended, Concurrency concurrency,
        Optional<Duration> startingDeadline, int successfulKept, int failedKept, Json jobTemplate, JsonObject status) {
    /// What happens when the last Job still runs.
    enum Concurrency { Allow, Forbid, Replace }

    static CronJob of(Json object) {
        var spec = object.at("spec");
        var deadline = spec.at("startingDeadlineSeconds");
        return new CronJob(Metadata.of(object), spec.at("schedule").text(""), spec.at("timeZone").text("UTC"), spec.at("suspend")
                .bool(false),
                Concurrency.valueOf(spec.at("concurrencyPolicy").text("Allow")),
                deadline.isNull() ? Optional.empty() : Optional.of(Duration.ofSeconds(deadline.integer(0L))),
                spec.at("successfulJobsHistoryLimit").integer(3), spec.at("failedJobsHistoryLimit").integer(1), spec.at("jobTemplate"),
                object.at("status").object());
    }

    Reference reference() {
        return new Reference(Resources.CRON_JOBS, metadata.key(), metadata.uid());
    }

    /// From when on a time can have been missed.
    Instant from(Instant now) {
        var last = Times.read(status.at("lastScheduleTime")).orElse(metadata.creationTime());
        var earliest = startingDeadline.map(now::minus).orElse(Instant.MIN);
        return last.isBefore(earliest) ? earliest : last;
    }
}
