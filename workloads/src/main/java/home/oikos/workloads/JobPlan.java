package home.oikos.workloads;

import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.controller.Condition;
import home.oikos.controller.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What a Job needs next, from its tally: pods to make or delete, and the status to write. Pure.
final class JobPlan {
    static final Duration BACKOFF_FIRST = Duration.ofSeconds(10);
    static final Duration BACKOFF_MAX = Duration.ofMinutes(10);

    private final Job job;
    private final JobTally tally;
    private final List<Pod> pods;
    private final Instant now;
    private final Optional<Condition> target;

    JobPlan(Job job, List<Pod> pods, Instant now) {
        this.job = job;
        this.pods = pods;
        this.now = now;
        this.tally = JobTally.of(job, pods);
        this.target = target();
    }

    JobTally tally() {
        return tally;
    }

    /// Where the Job is bound to end, decided before its pods are gone: FailureTarget or SuccessCriteriaMet.
    Optional<Condition> target() {
        for (var decided : new String[] {"FailureTarget", "SuccessCriteriaMet"}) {
            if (job.has(decided)) return Condition.find(job.conditions(), decided).map(Condition::read);
        }
        if (job.isFinished()) return Optional.empty();
        return failure().or(this::success);
    }

    private Optional<Condition> failure() {
        if (tally.fatal.isPresent()) return Optional.of(Condition.of("FailureTarget", true, "PodFailurePolicy", tally.fatal.get()));
        var ofIndexes = job.backoffLimitPerIndex().isPresent() ? indexFailure() : Optional.<Condition>empty();
        if (ofIndexes.isPresent()) return ofIndexes;
        if (tally.failedInAll() > job.backoffLimit() || hasRestartedTooOften()) {
            return Optional.of(Condition.of("FailureTarget", true, "BackoffLimitExceeded", "Job has reached the specified backoff limit"));
        }
        return deadline().filter(at -> !at.isAfter(now) && !job.suspended()).map(_ -> Condition.of("FailureTarget", true,
                "DeadlineExceeded",
                "Job was active longer than specified deadline"));
    }

    private Optional<Condition> indexFailure() {
        if (tally.failedIndexes.size() > job.maxFailedIndexes()) {
            return Optional.of(Condition.of("FailureTarget", true, "MaxFailedIndexesExceeded",
                    "Job has exceeded the specified maximal number of failed indexes"));
        }
        boolean over = tally.failedIndexes.size() + tally.completed.size() >= job.completions().orElse(0) && !tally.failedIndexes.isEmpty();
        return over ? Optional.of(Condition.of("FailureTarget", true, "FailedIndexes", "Job has failed indexes")) : Optional.empty();
    }

    private boolean hasRestartedTooOften() {
        if (!job.restartsInPlace()) return false;
        int restarts = tally.active.stream().mapToInt(Pod::restarts).sum();
        return job.backoffLimit() == 0 ? restarts > 0 : restarts >= job.backoffLimit();
    }

    private Optional<Condition> success() {
        var early = job.indexed() ? job.successPolicy().met(tally.completed) : Optional.<String>empty();
        if (early.isPresent()) return Optional.of(Condition.of("SuccessCriteriaMet", true, "SuccessPolicy", early.get()));
        boolean reached = job.completions().map(wanted -> tally.succeededInAll() >= wanted)
                .orElse(tally.succeededInAll() > 0 && tally.active.isEmpty());
        return reached ? Optional.of(Condition.of("SuccessCriteriaMet", true, "CompletionsReached",
                "Reached expected number of succeeded pods"))
                : Optional.empty();
    }

    /// When the Job will have been active for too long.
    Optional<Instant> deadline() {
        return job.startTime().flatMap(start -> job.activeDeadline().map(start::plus));
    }

    /// How many pods should run.
    private int wantedActive() {
        if (job.suspended() || target.isPresent() || job.isFinished()) return 0;
        int held = job.replaceFailedOnly() ? tally.terminating : 0;
        int wanted = job.completions().map(all -> Math.min(job.parallelism(), all - tally.succeededInAll() - tally.failedIndexes.size()))
                .orElse(tally.succeededInAll() > 0 ? tally.active.size() : job.parallelism());
        return Math.max(0, wanted - held);
    }

    /// The pods to delete: those that are too many, the least useful first; of an index that is done or taken, all but one.
    List<Pod> toDelete() {
        var ranked = new ArrayList<>(tally.active);
        ranked.sort(Comparator.comparing(Pod::isBound).thenComparing(Pod::ready)
                .thenComparing(pod -> pod.metadata().creationTime(), Comparator.reverseOrder()));
        return ranked.subList(0, Math.max(0, ranked.size() - wantedActive()));
    }

    /// The pods to make: an index each, or -1 where the Job has none.
    List<Integer> toCreate() {
        int missing = Math.min(wantedActive() - tally.active.size(), ReplicaSetPlan.BURST_MAX);
        boolean together = job.backoffLimitPerIndex().isEmpty();
        if (missing <= 0 || together && backoffEnd().filter(now::isBefore).isPresent()) return List.of();
        if (!job.indexed()) return java.util.Collections.nCopies(missing, -1);
        var taken = tally.active.stream().map(Indexes::of).collect(Collectors.toSet());
        taken.addAll(tally.completed);
        taken.addAll(tally.failedIndexes);
        if (job.replaceFailedOnly()) pods.stream().filter(pod -> !pod.isFinished()).map(Indexes::of).forEach(taken::add);
        return IntStream.range(0, job.completions().orElse(0)).boxed().filter(index -> !taken.contains(index))
                .filter(index -> together || backoffEnd(index).filter(now::isBefore).isEmpty()).limit(missing).toList();
    }

    /// Where each index has a limit of its own, it also waits by itself.
    private Optional<Instant> backoffEnd(int index) {
        return tally.failures(index).map(failed -> failed.last().plus(wait(failed.count())));
    }

    private static Duration wait(int failures) {
        var wait = BACKOFF_FIRST.multipliedBy(1L << Math.clamp(failures - 1L, 0, 10));
        return wait.compareTo(BACKOFF_MAX) < 0 ? wait : BACKOFF_MAX;
    }

    /// After failures with no success since, the next pod waits: 10 s, 20 s, 40 s ...
    Optional<Instant> backoffEnd() {
        var lastSuccess = pods.stream().filter(Pod::isSucceeded).map(JobPlan::end).max(Comparator.naturalOrder()).orElse(Instant.MIN);
        var failures = pods.stream().filter(pod -> pod.isFailed() && end(pod).isAfter(lastSuccess)).map(JobPlan::end).toList();
        var last = failures.stream().max(Comparator.naturalOrder());
        return last.map(end -> end.plus(wait(failures.size())));
    }

    private static Instant end(Pod pod) {
        return pod.end().finishedTime().orElse(pod.metadata().creationTime());
    }

    /// The status after these pods were made and deleted.
    JsonObject status(int made, int deleted) {
        if (job.isFinished()) return job.status();
        int active = tally.active.size() + made - deleted;
        var status = JsonObject.of("active", present(active), "succeeded", present(tally.succeeded), "failed", present(tally.failed),
                "ready", target.isPresent() ? 0 : tally.ready, "terminating", tally.terminating + deleted,
                "failedIndexes", job.backoffLimitPerIndex().isPresent() ? Indexes.text(tally.failedIndexes) : null,
                "completedIndexes", tally.completed.isEmpty() ? null : Indexes.text(tally.completed),
                "uncountedTerminatedPods", JsonObject.of("succeeded", present(tally.uncountedSucceeded.stream().toList()),
                        "failed", present(tally.uncountedFailed.stream().toList())),
                "startTime", startTime());
        return withConditions(status, active == 0 && tally.terminating + deleted == 0);
    }

    private String startTime() {
        return job.suspended() ? null : Times.text(job.startTime().orElse(now));
    }

    private JsonObject withConditions(JsonObject status, boolean empty) {
        JsonArray conditions = suspension(job.conditions().array());
        if (target.isPresent()) conditions = target.get().in(conditions, now);
        boolean over = target.isPresent() && empty && tally.isAllCounted();
        if (over) conditions = end(target.get()).in(conditions, now);
        if (over && target.get().type().equals("SuccessCriteriaMet")) status = status.with("completionTime", Times.text(now));
        return conditions.isEmpty() ? status : status.with("conditions", conditions);
    }

    private static Condition end(Condition target) {
        var type = target.type().equals("FailureTarget") ? "Failed" : "Complete";
        return new Condition(type, "True", target.reason(), target.message());
    }

    /// Only a Job that was suspended once says that it is not.
    private JsonArray suspension(JsonArray before) {
        if (target.isPresent()) return before;
        if (job.suspended()) return Condition.of("Suspended", true, "JobSuspended", "Job suspended").in(before, now);
        return job.has("Suspended") ? Condition.of("Suspended", false, "JobResumed", "Job resumed").in(before, now) : before;
    }

    private static Integer present(int count) {
        return count == 0 ? null : Integer.valueOf(count);
    }

    private static List<String> present(List<String> uids) {
        return uids.isEmpty() ? null : uids;
    }

    /// When to look again though nothing changes.
    Optional<Instant> next() {
        if (job.isFinished()) return job.finishTime().flatMap(end -> job.ttl().map(end::plus));
        var waits = new ArrayList<Instant>();
        if (!job.suspended()) deadline().ifPresent(waits::add);
        if (wantedActive() > tally.active.size()) backoffEnd().ifPresent(waits::add);
        if (job.backoffLimitPerIndex().isPresent()) IntStream.range(0, job.completions().orElse(0)).boxed().flatMap(index ->
                backoffEnd(index).stream()).forEach(waits::add);
        return waits.stream().filter(now::isBefore).min(Comparator.naturalOrder());
    }

    /// Whether its time to live after its end is over.
    boolean isExpired() {
        return job.isFinished() && next().filter(end -> !end.isAfter(now)).isPresent();
    }
}
