package home.oikos.workloads;

import home.oikos.api.ApiException;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import home.oikos.client.DeleteOptions;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import home.oikos.controller.Condition;
import home.oikos.controller.EventRecorder;
import home.oikos.controller.Finalizers;
import home.oikos.controller.MergeDifference;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;

/// Runs a Job's pods until enough of them have succeeded, and deletes it when its time to live is over.
final class JobReconciler implements Reconciler {
    private final ApiClient client;
    private final Cache<Job> jobs;
    private final PodIndex pods;
    private final PodWriter writer;
    private final EventRecorder events;
    private final Clock clock;
    private final RandomGenerator random;

    JobReconciler(Workshop workshop, Cache<Job> jobs) {
        this.client = workshop.client().fieldManager("job-controller");
        this.jobs = jobs;
        this.pods = workshop.pods();
        this.writer = workshop.podWriter("job-controller");
        this.events = workshop.group().events("job-controller");
        this.clock = workshop.clock();
        this.random = workshop.random();
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found = jobs.get(key);
        if (found.isEmpty() || found.get().metadata().deleting()) {
            writer.forget(key);
            abandoned(key).forEach(this::release);
            return Outcome.SETTLED;
        }
        var job = found.get();
        if (!writer.isUpToDate(key)) return new Outcome.CheckAgain(Expectations.WAIT_MAX);
        var plan = new JobPlan(job, pods.ownedBy(job.metadata().uid()), clock.instant());
        if (plan.isExpired()) {
            client.deleteIfPresent(Resources.JOBS, key, DeleteOptions.of(DeleteOptions.Propagation.Background).uid(job.metadata().uid()));
            return Outcome.SETTLED;
        }
        work(job, plan);
        var now = clock.instant();
        return plan.next().map(at -> Outcome.checkAt(at, now)).orElse(Outcome.SETTLED);
    }

    /// Pods whose Job is gone or going: nobody counts them any more. While it is going, only those that go with it.
    private List<Pod> abandoned(ObjectKey key) {
        boolean gone = jobs.get(key).isEmpty();
        return pods.in(key.namespace()).stream().filter(JobTally::isTracked)
                .filter(pod -> PodIndex.controllerKey(pod.metadata(), "Job").contains(key))
                .filter(pod -> gone || pod.metadata().deleting() || pod.isFinished()).toList();
    }

    private void work(Job job, JobPlan plan) {
        var deleted = plan.toDelete();
        var created = plan.toCreate();
        for (var pod : deleted) writer.delete(job.reference(), pod.metadata());
        for (int index : created) writer.create(job.reference(), JobPod.of(job, index, plan.tally().failuresOf(index), random));
        report(job, plan.status(created.size(), deleted.size()));
        plan.tally().ended.forEach(this::release);
    }

    /// Conditional on the version it was counted from: a count that is based on an old status would lose pods.
    private void report(Job job, JsonObject status) {
        var difference = MergeDifference.between(job.status(), status);
        if (difference.isEmpty()) return;
        client.patchStatus(Resources.JOBS, job.metadata().key(), Patch.merge(
                "metadata", JsonObject.of("resourceVersion", job.resourceVersion()), "status", difference));
        tell(job, status);
    }

    private void tell(Job job, JsonObject status) {
        for (var condition : status.at("conditions").array()) {
            var now = Condition.read(condition);
            var before = Condition.find(job.conditions(), now.type()).map(Condition::read);
            if (before.filter(now::equals).isPresent()) continue;
            switch (now.type()) {
                case "Complete" -> events.normal(job.reference(), "Completed", "Job completed");
                case "Failed" -> events.warning(job.reference(), now.reason(), now.message());
                case "Suspended" -> events.normal(job.reference(), now.status().equals("True") ? "Suspended" : "Resumed", now.message());
                default -> { }
            }
        }
    }

    private void release(Pod pod) {
        try {
            var live = client.find(Resources.PODS, pod.metadata().key());
            if (live.isPresent() && Finalizers.has(live.get(), Job.FINALIZER)) {
                client.patch(Resources.PODS, pod.metadata().key(), Finalizers.removing(live.get(), Job.FINALIZER));
            }
        } catch (ApiException gone) {
            if (gone.code() != 404) throw gone;
        }
    }
}
