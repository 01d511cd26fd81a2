package home.oikos.workloads;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.api.Reason;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import home.oikos.client.DeleteOptions;
import home.oikos.client.Resources;
import home.oikos.controller.EventRecorder;
import home.oikos.controller.MergeDifference;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import home.oikos.controller.Times;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Starts a Job whenever a CronJob's schedule says so.
final class CronJobReconciler implements Reconciler {
    private final ApiClient client;
    private final Cache<CronJob> crons;
    private final Cache.Index<Job> jobsByOwner;
    private final EventRecorder events;
    private final Clock clock;

    CronJobReconciler(Workshop workshop, Cache<CronJob> crons, Cache<Job> jobs) {
        this.client = workshop.client().fieldManager("cronjob-controller");
        this.crons = crons;
        this.jobsByOwner = jobs.index(job -> job.metadata().controller().map(owner -> List.of(owner.uid())).orElse(List.of()));
        this.events = workshop.group().events("cronjob-controller");
        this.clock = workshop.clock();
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = crons.get(key);
        if (found.isEmpty() || found.get().metadata().deleting()) return Outcome.SETTLED;
        var cron = found.get();
        try {
            return follow(cron, CronSchedule.parse(cron.schedule()), ZoneId.of(cron.timeZone()));
        } catch (IllegalArgumentException | DateTimeException unreadable) {
            events.warning(cron.reference(), "UnparseableSchedule", "unparseable schedule: " + cron.schedule() + " : "
                    + unreadable.getMessage());
            return Outcome.SETTLED;
        }
    }

    private Outcome follow(CronJob cron, CronSchedule schedule, ZoneId zone) {
        var jobs = jobsByOwner.get(cron.metadata().uid());
        var now = clock.instant();
        var plan = CronJobPlan.of(cron, schedule, zone, jobs, now);
        plan.warning().ifPresent(why -> events.normal(cron.reference(), "JobAlreadyActive", why));
        plan.forgotten().forEach(job -> delete(cron, job));
        plan.replaced().forEach(job -> delete(cron, job));
        var started = plan.due().flatMap(due -> start(cron, due, zone));
        var running = new ArrayList<Json>();
        jobs.stream().filter(job -> !job.isFinished() && !plan.replaced().contains(job)).map(CronJobReconciler::reference)
                .forEach(running::add);
        started.map(CronJobReconciler::reference).filter(job -> !running.contains(job)).ifPresent(running::add);
        report(cron, running, plan.due(), jobs);
        return plan.next().map(at -> Outcome.checkAt(at, clock.instant())).orElse(Outcome.SETTLED);
    }

    /// The name carries the scheduled minute: the same time never starts two Jobs, whoever was killed in between.
    private Optional<Job> start(CronJob cron, Instant due, ZoneId zone) {
        var name = cron.metadata().name() + "-" + due.getEpochSecond() / 60;
        var template = cron.jobTemplate();
        var annotations = template.at("metadata", "annotations").object()
                .with("batch.kubernetes.io/cronjob-scheduled-timestamp", due.atZone(zone).toOffsetDateTime().toString());
        var metadata = JsonObject.of("name", name, "namespace", cron.metadata().key().namespace(),
                "labels", template.at("metadata", "labels").isNull() ? null : template.at("metadata", "labels"),
                "annotations", annotations, "ownerReferences", List.of(cron.reference().controllerReference()));
        try {
            var job = client.create(Resources.JOBS, JsonObject.of("apiVersion", "batch/v1", "kind", "Job", "metadata", metadata,
                    "spec", template.at("spec")));
            events.normal(cron.reference(), "SuccessfulCreate", "Created job " + name);
            return Optional.of(Job.of(job));
        } catch (ApiException refused) {
            if (refused.reason() == Reason.ALREADY_EXISTS) return Optional.empty();
            events.warning(cron.reference(), "FailedCreate", "Error creating job: " + refused.getMessage());
            throw refused;
        }
    }

    private void delete(CronJob cron, Job job) {
        client.deleteIfPresent(Resources.JOBS, job.metadata().key(),
                DeleteOptions.of(DeleteOptions.Propagation.Background).uid(job.metadata().uid()));
        events.normal(cron.reference(), "SuccessfulDelete", "Deleted job " + job.metadata().name());
    }

    private static Json reference(Job job) {
        return JsonObject.of("apiVersion", "batch/v1", "kind", "Job", "namespace", job.metadata().key().namespace(),
                "name", job.metadata().name(), "uid", job.metadata().uid());
    }

    private void report(CronJob cron, List<Json> running, Optional<Instant> due, List<Job> jobs) {
        var status = cron.status();
        status = running.isEmpty() ? status.without("active") : status.with("active", running);
        if (due.isPresent()) status = status.with("lastScheduleTime", Times.text(due.get()));
        var success = jobs.stream().filter(job -> job.has("Complete")).flatMap(job -> job.finishTime().stream())
                .max(Comparator.naturalOrder());
        var before = Times.read(cron.status().at("lastSuccessfulTime")).orElse(Instant.MIN);
        if (success.filter(time -> time.isAfter(before)).isPresent()) status = status.with("lastSuccessfulTime", Times.text(success.get()));
        MergeDifference.ofStatus(cron.status(), status).ifPresent(patch -> client.patchStatus(Resources.CRON_JOBS, cron.metadata().key(),
                patch));
    }
}
