package home.oikos.workloads;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What a CronJob does now. Pure.
/// @param due the time whose Job is to be started now
/// @param replaced running Jobs to be deleted before
/// @param forgotten ended Jobs beyond the history that is kept
/// @param warning why a due Job is not started
/// @param next when the next one is due
record CronJobPlan(Optional<Instant> due, List<Job> replaced, List<Job> forgotten, Optional<String> warning, Optional<Instant> next) {
    /// After so many missed times, as upstream, something is wrong with the clock or the deadline, and it is said.
    static final int MISSED_MAX = 100;

    static CronJobPlan of(CronJob cron, CronSchedule schedule, ZoneId zone, List<Job> jobs, Instant now) {
        var forgotten = new ArrayList<>(excess(jobs, "Complete", cron.successfulKept()));
        forgotten.addAll(excess(jobs, "Failed", cron.failedKept()));
        if (cron.suspended()) return new CronJobPlan(Optional.empty(), List.of(), forgotten, Optional.empty(), Optional.empty());
        var next = schedule.next(now, zone);
        var missed = missed(cron, schedule, zone, now);
        if (missed.isEmpty()) return new CronJobPlan(Optional.empty(), List.of(), forgotten, Optional.empty(), next);
        var running = jobs.stream().filter(job -> !job.isFinished() && !job.metadata().deleting()).toList();
        if (cron.concurrency() == CronJob.Concurrency.Forbid && !running.isEmpty()) {
            return new CronJobPlan(Optional.empty(), List.of(), forgotten,
                    Optional.of("Not starting job because prior execution is running and concurrency policy is Forbid"), next);
        }
        var replaced = cron.concurrency() == CronJob.Concurrency.Replace ? running : List.<Job>of();
        return new CronJobPlan(missed, replaced, forgotten, Optional.empty(), next);
    }

    /// The latest time up to now that has had no Job; earlier ones are let go.
    private static Optional<Instant> missed(CronJob cron, CronSchedule schedule, ZoneId zone, Instant now) {
        Optional<Instant> latest = Optional.empty();
        var from = cron.from(now);
        for (int i = 0; i <= MISSED_MAX; i++) {
            var time = schedule.next(latest.orElse(from), zone).filter(at -> !at.isAfter(now));
            if (time.isEmpty()) return latest;
            latest = time;
        }
        // Too many to count: skip to near the present.
        return last(schedule, zone, now);
    }

    private static Optional<Instant> last(CronSchedule schedule, ZoneId zone, Instant now) {
        for (long back = 60; back < 60L * 60 * 24 * 366; back *= 2) {
            var time = schedule.next(now.minusSeconds(back), zone).filter(at -> !at.isAfter(now));
            if (time.isPresent()) return later(schedule, zone, time.get(), now);
        }
        return Optional.empty();
    }

    private static Optional<Instant> later(CronSchedule schedule, ZoneId zone, Instant time, Instant now) {
        var next = schedule.next(time, zone).filter(at -> !at.isAfter(now));
        return next.isEmpty() ? Optional.of(time) : later(schedule, zone, next.get(), now);
    }

    private static List<Job> excess(List<Job> jobs, String condition, int kept) {
        var ended = jobs.stream().filter(job -> job.has(condition))
                .sorted(Comparator.comparing((Job job) -> job.startTime().orElse(job.metadata().creationTime()))
                        .thenComparing(job -> job.metadata().name())).toList();
        return ended.subList(0, Math.max(0, ended.size() - kept));
    }
}
