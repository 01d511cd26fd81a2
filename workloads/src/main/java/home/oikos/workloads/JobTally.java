package home.oikos.workloads;

import home.oikos.api.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Counts a Job's pods so that each end counts exactly once, across crashes: an ended pod keeps its finalizer until its uid stands in the
/// status as uncounted; it is counted when the finalizer is gone. Made by [#of], pure.
final class JobTally {
    final List<Pod> active = new ArrayList<>();
    /// Ended pods that still carry the finalizer: to be released once the status that lists them is written.
    final List<Pod> ended = new ArrayList<>();
    final Set<String> uncountedSucceeded = new LinkedHashSet<>();
    final Set<String> uncountedFailed = new LinkedHashSet<>();
    final SortedSet<Integer> completed = new TreeSet<>();
    /// Indexes that failed for good; only where each has a limit of its own.
    final SortedSet<Integer> failedIndexes = new TreeSet<>();
    /// When and how often each index failed that is not done.
    private final Map<Integer, IndexFailures> failures = new HashMap<>();
    int terminating;
    int ready;
    int succeeded;
    int failed;
    Optional<String> fatal = Optional.empty();

    /// @param last when the last of them ended
    record IndexFailures(int count, Instant last) { }

    private final Job job;
    private final PodFailurePolicy policy;

    private JobTally(Job job) {
        this.job = job;
        this.policy = new PodFailurePolicy(job.failurePolicy());
        this.succeeded = job.count("succeeded");
        this.failed = job.count("failed");
        this.failedIndexes.addAll(Indexes.parse(job.status().at("failedIndexes").text("")));
        this.completed.addAll(Indexes.parse(job.status().at("completedIndexes").text("")));
    }

    static JobTally of(Job job, List<Pod> pods) {
        var tally = new JobTally(job);
        tally.settle(pods);
        pods.forEach(tally::add);
        tally.failedIndexes.removeAll(tally.completed);
        if (job.indexed()) tally.succeeded = tally.completed.size();
        return tally;
    }

    /// Moves the uids whose pods have been released (or are gone) into the counts.
    private void settle(List<Pod> pods) {
        var held = new LinkedHashSet<String>();
        for (var pod : pods) if (isTracked(pod)) held.add(pod.metadata().uid());
        for (var uid : uids("succeeded")) if (held.contains(uid)) uncountedSucceeded.add(uid); else succeeded++;
        for (var uid : uids("failed")) if (held.contains(uid)) uncountedFailed.add(uid); else failed++;
    }

    private List<String> uids(String list) {
        return job.status().at("uncountedTerminatedPods", list).array().stream().map((Json uid) -> uid.text("")).toList();
    }

    static boolean isTracked(Pod pod) {
        return pod.metadata().finalizers().contains(Job.FINALIZER);
    }

    private void add(Pod pod) {
        if (pod.isSucceeded()) success(pod);
        else if (pod.isFailed() || isLost(pod)) failure(pod);
        else if (pod.metadata().deleting()) terminating++;
        else running(pod);
    }

    /// A pod on its way out has failed, unless the Job waits for its end, or has a policy that wants to see how it ended.
    private boolean isLost(Pod pod) {
        return pod.metadata().deleting() && !job.replaceFailedOnly() && job.failurePolicy().isNull();
    }

    private void running(Pod pod) {
        active.add(pod);
        if (pod.ready()) ready++;
    }

    private void success(Pod pod) {
        if (!isTracked(pod)) return;
        ended.add(pod);
        int index = Indexes.of(pod);
        boolean inRange = index >= 0 && index < job.completions().orElse(0);
        if (!job.indexed()) uncountedSucceeded.add(pod.metadata().uid());
        else if (inRange) completed.add(index);
    }

    private void failure(Pod pod) {
        if (!pod.isFailed()) terminating++;
        var match = policy.match(pod);
        job.backoffLimitPerIndex().ifPresent(limit -> failure(pod, limit, match.map(PodFailurePolicy.Match::action).orElse("")));
        if (!isTracked(pod)) return;
        ended.add(pod);
        match.filter(found -> found.action().equals("FailJob")).ifPresent(found -> fatal = Optional.of(found.message()));
        // What we took away to suspend the Job has not failed.
        boolean ignored = match.filter(found -> found.action().equals("Ignore")).isPresent() || job.suspended() && !pod.isFailed();
        if (!ignored) uncountedFailed.add(pod.metadata().uid());
    }

    /// The failure of an index: also of pods that are counted already, for they carry how often it had failed before.
    private void failure(Pod pod, int limit, String action) {
        int index = Indexes.of(pod);
        boolean ignored = action.equals("Ignore");
        int count = Indexes.failuresBefore(pod) + (ignored ? 0 : 1);
        var last = pod.end().finishedTime().orElse(pod.metadata().creationTime());
        failures.merge(index, new IndexFailures(count, last), (one, other) -> one.count() > other.count() ? one : other);
        if (!ignored && (count > limit || action.equals("FailIndex"))) failedIndexes.add(index);
    }

    int failuresOf(int index) {
        return Optional.ofNullable(failures.get(index)).map(IndexFailures::count).orElse(0);
    }

    Optional<IndexFailures> failures(int index) {
        return Optional.ofNullable(failures.get(index)).filter(known -> known.count() > 0);
    }

    /// With those that are not counted yet.
    int succeededInAll() {
        return succeeded + uncountedSucceeded.size();
    }

    int failedInAll() {
        return failed + uncountedFailed.size();
    }

    boolean isAllCounted() {
        return ended.isEmpty() && uncountedSucceeded.isEmpty() && uncountedFailed.isEmpty();
    }
}
