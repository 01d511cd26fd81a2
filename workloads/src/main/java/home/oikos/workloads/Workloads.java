package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.client.Cache;
import home.oikos.client.Informer;
import home.oikos.client.Resource;
import home.oikos.client.Resources;
import home.oikos.client.Selection;
import home.oikos.controller.Condition;
import home.oikos.controller.ControllerGroup;
import home.oikos.controller.Finalizers;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// Wires the controllers of the built-in kinds into a group. The caller starts and closes the group.
public final class Workloads {
    // Informers are shared by those who read through the same function object.
    private static final Function<Json, Node> NODE = Node::of;
    private static final Function<Json, Service> SERVICE = Service::of;

    private static final Function<Json, Job> JOB = Job::of;
    private static final Function<Json, TemplateRevision> REVISION = TemplateRevision::of;
    private static final Function<Json, VolumeClaim> CLAIM = VolumeClaim::of;
    private static final Function<Json, Volume> VOLUME = Volume::of;

    private final ControllerGroup group;
    private final Workshop workshop;

    private Workloads(ControllerGroup group) {
        this.group = group;
        this.workshop = Workshop.in(group);
    }

    /// Adds every controller of this room to the group.
    /// @param caPem the authority that pods are to trust when they speak to the API
    /// @param signer signs what was approved
    public static void addTo(ControllerGroup group, String caPem, CertificateSigner signer) {
        var workloads = new Workloads(group);
        workloads.deployments();
        workloads.replicationControllers();
        workloads.scheduler();
        workloads.endpoints();
        workloads.namespaces(caPem);
        workloads.tokens(caPem);
        workloads.certificates(signer);
        workloads.garbage(workloads.quotas());
        workloads.jobs();
        workloads.cronJobs();
        workloads.statefulSets();
        workloads.daemonSets();
        workloads.disruptionBudgets();
        workloads.autoscalers();
        workloads.volumeProtection();
        workloads.volumeBinding();
        workloads.nodeLifeCycle();
    }

    private Cache<TemplateRevision> revisions() {
        return group.watch(Informer.Scope.all(Resources.CONTROLLER_REVISIONS), REVISION);
    }

    private void daemonSets() {
        var sets = group.watch(Informer.Scope.all(Resources.DAEMON_SETS), DaemonSet::of);
        var controller = group.add("daemonset", new DaemonSetReconciler(workshop, sets, nodes(), revisions())).on(sets)
                .on(workshop.pods().cache(), (_, pod) -> PodIndex.controllerKey(pod.metadata(), "DaemonSet"))
                .on(revisions(), (_, revision) -> PodIndex.controllerKey(revision.metadata(), "DaemonSet"));
        nodes().onChange((_, _, _) -> sets.keys().forEach(controller.queue()::add));
    }

    private void nodeLifeCycle() {
        var pods = workshop.pods().cache();
        group.add("node", new NodeReconciler(workshop, nodes())).on(nodes());
        var onNode = pods.index(pod -> pod.isBound() ? List.of(pod.nodeName()) : List.of());
        for (var controller : List.of(group.add("pod-garbage-collector", new PodCollectorReconciler(workshop, nodes())),
                group.add("taint-eviction", new TaintEvictionReconciler(workshop, nodes())))) {
            controller.on(pods);
            nodes().onChange((node, _, _) -> onNode.keys(node.name()).forEach(controller.queue()::add));
        }
    }

    private Cache<VolumeClaim> claims() {
        return group.watch(Informer.Scope.all(Resources.PERSISTENT_VOLUME_CLAIMS), CLAIM);
    }

    private Cache<Volume> volumes() {
        return group.watch(Informer.Scope.all(Resources.PERSISTENT_VOLUMES), VOLUME);
    }

    private void volumeBinding() {
        var claims = claims();
        var volumes = volumes();
        var classes = group.watch(Informer.Scope.all(Resources.STORAGE_CLASSES), VolumeClass::of);
        var binder = group.add("persistentvolumeclaim", new ClaimReconciler(workshop, claims, volumes, classes)).on(claims)
                .on(volumes, (_, volume) -> ClaimReconciler.concerned(claims, volume))
                .on(workshop.pods().cache(), (key, pod) -> pod.needs().claims().stream().map(name -> new ObjectKey(key.namespace(), name)).toList());
        classes.onChange((_, _, _) -> claims.all().stream().filter(claim -> !claim.isBound()).forEach(claim -> binder.queue().add(claim.metadata().key())));
        group.add("persistentvolume", new VolumeReconciler(workshop, volumes, claims)).on(volumes)
                .on(claims, (_, claim) -> volumes.all().stream().filter(volume -> volume.claim().filter(claim.metadata().key()::equals).isPresent())
                        .map(volume -> volume.metadata().key()).toList());
    }

    private void autoscalers() {
        var autoscalers = group.watch(Informer.Scope.all(Resources.HORIZONTAL_POD_AUTOSCALERS), Autoscaler::of);
        group.add("horizontalpodautoscaler", new HorizontalPodAutoscalerReconciler(workshop, autoscalers)).on(autoscalers);
    }

    private void volumeProtection() {
        group.add("pvc-protection", VolumeProtectionReconciler.ofClaims(workshop))
                .on(group.watch(Informer.Scope.all(Resources.PERSISTENT_VOLUME_CLAIMS), Finalizers::isDeleting));
        group.add("pv-protection", VolumeProtectionReconciler.ofVolumes(workshop))
                .on(group.watch(Informer.Scope.all(Resources.PERSISTENT_VOLUMES), Finalizers::isDeleting));
    }

    private void disruptionBudgets() {
        var budgets = group.watch(Informer.Scope.all(Resources.POD_DISRUPTION_BUDGETS), DisruptionBudget::of);
        group.add("disruption", new DisruptionBudgetReconciler(workshop, budgets)).on(budgets)
                .on(workshop.pods().cache(), (key, pod) -> budgets.all().stream()
                        .filter(budget -> budget.selector().matches(pod.metadata().labels())).map(budget -> budget.metadata().key())
                        .filter(budget -> budget.namespace().equals(key.namespace())).toList());
    }

    private void statefulSets() {
        var sets = group.watch(Informer.Scope.all(Resources.STATEFUL_SETS), StatefulSet::of);
        group.add("statefulset", new StatefulSetReconciler(workshop, sets, revisions())).on(sets)
                .on(workshop.pods().cache(), (_, pod) -> PodIndex.controllerKey(pod.metadata(), "StatefulSet"))
                .on(revisions(), (_, revision) -> PodIndex.controllerKey(revision.metadata(), "StatefulSet"));
    }

    private void cronJobs() {
        var crons = group.watch(Informer.Scope.all(Resources.CRON_JOBS), CronJob::of);
        var jobs = group.watch(Informer.Scope.all(Resources.JOBS), JOB);
        group.add("cronjob", new CronJobReconciler(workshop, crons, jobs)).on(crons)
                .on(jobs, (_, job) -> PodIndex.controllerKey(job.metadata(), "CronJob"));
    }

    private void jobs() {
        var jobs = group.watch(Informer.Scope.all(Resources.JOBS), JOB);
        group.add("job", new JobReconciler(workshop, jobs)).on(jobs)
                .on(workshop.pods().cache(), (_, pod) -> PodIndex.controllerKey(pod.metadata(), "Job"));
    }

    /// @return who wants to hear of every object that comes or goes
    private Consumer<ObjectKey> quotas() {
        var quotas = group.watch(Informer.Scope.all(Resources.RESOURCE_QUOTAS), Metadata::of);
        var controller = group.add("resourcequota", new QuotaReconciler(workshop)).on(quotas)
                .on(workshop.pods().cache(), (key, _) -> in(quotas, key.namespace()));
        return changed -> in(quotas, changed.namespace()).forEach(controller.queue()::add);
    }

    private static List<ObjectKey> in(Cache<Metadata> quotas, String namespace) {
        return quotas.keys().stream().filter(key -> key.namespace().equals(namespace)).toList();
    }

    /// @param listener hears of every object that comes or goes
    private void garbage(Consumer<ObjectKey> listener) {
        // A custom kind is served once it is established; its definition changes then.
        var definitions = group.watch(Informer.Scope.all(Resources.CUSTOM_RESOURCE_DEFINITIONS),
                definition -> Condition.isTrue(definition.at("status", "conditions"), "Established"));
        var controller = group.add("garbage-collector", new GarbageCollector(group, listener))
                .on(definitions, (_, _) -> List.of(GarbageCollector.KINDS));
        controller.queue().add(GarbageCollector.KINDS);
    }

    private void namespaces(String caPem) {
        var namespaces = group.watch(Informer.Scope.all(Resources.NAMESPACES), Namespace::of);
        group.add("namespace", new NamespaceReconciler(workshop, namespaces)).on(namespaces);
        var accounts = group.watch(named(Resources.SERVICE_ACCOUNTS, NamespaceDefaultsReconciler.ACCOUNT), Metadata::of);
        var authorities = group.watch(named(Resources.CONFIG_MAPS, NamespaceDefaultsReconciler.ROOT_CA),
                NamespaceDefaultsReconciler.RootCa::of);
        group.add("namespace-defaults", new NamespaceDefaultsReconciler(workshop, namespaces, accounts, authorities, caPem)).on(namespaces)
                .on(accounts, (key, _) -> List.of(ObjectKey.clusterScoped(key.namespace())))
                .on(authorities, (key, _) -> List.of(ObjectKey.clusterScoped(key.namespace())));
    }

    private void tokens(String caPem) {
        var secrets = group.watch(new Informer.Scope(Resources.SECRETS, "", Selection.fields("type=" + TokenSecret.TYPE)), TokenSecret::of);
        var ofAccount = secrets.index(secret -> List.of(secret.account().toString()));
        group.add("serviceaccount-token", new TokenSecretReconciler(workshop, secrets, caPem)).on(secrets)
                .on(group.watch(Informer.Scope.all(Resources.SERVICE_ACCOUNTS), Metadata::of), (key, _) -> ofAccount.keys(key.toString()));
    }

    private void certificates(CertificateSigner signer) {
        var requests = group.watch(Informer.Scope.all(Resources.CERTIFICATE_SIGNING_REQUESTS), SigningRequest::of);
        group.add("certificatesigningrequest", new SigningRequestReconciler(workshop, requests, signer)).on(requests);
    }

    private static Informer.Scope named(Resource resource, String name) {
        return new Informer.Scope(resource, "", Selection.fields("metadata.name=" + name));
    }

    private void endpoints() {
        var services = group.watch(Informer.Scope.all(Resources.SERVICES), SERVICE);
        var slices = group.watch(Informer.Scope.all(Resources.ENDPOINT_SLICES), EndpointSlice::of);
        var endpoints = group.watch(Informer.Scope.all(Resources.ENDPOINTS), Endpoints::of);
        var byService = SliceWriter.byService(slices);
        var sliced = group.add("endpointslice", new EndpointSliceReconciler(workshop, services, nodes(), byService)).on(services)
                .on(slices, (_, slice) -> slice.service()).on(workshop.pods().cache(), (_, pod) -> serving(services, pod));
        nodes().onChange((_, _, _) -> services.keys().forEach(sliced.queue()::add));
        group.add("endpointslicemirroring", new EndpointMirrorReconciler(workshop, services, endpoints, byService)).on(services).on(endpoints)
                .on(slices, (_, slice) -> slice.service());
        group.add("endpoint", new EndpointsReconciler(workshop, services, endpoints)).on(services).on(endpoints)
                .on(workshop.pods().cache(), (_, pod) -> serving(services, pod));
    }

    private static List<ObjectKey> serving(Cache<Service> services, Pod pod) {
        return services.all().stream().filter(service -> service.selector().matches(pod.metadata().labels()))
                .map(service -> service.metadata().key()).filter(key -> key.namespace().equals(pod.metadata().key().namespace())).toList();
    }

    private Cache<Node> nodes() {
        return group.watch(Informer.Scope.all(Resources.NODES), NODE);
    }

    private void scheduler() {
        var nodes = nodes();
        var scheduler = new SchedulerReconciler(workshop, nodes, claims(), volumes());
        scheduler.feed(group.add(SchedulerReconciler.NAME, scheduler));
    }

    private void deployments() {
        var sets = group.watch(Informer.Scope.all(Resources.REPLICA_SETS), ReplicaSet::of);
        replicaSets("ReplicaSet", "replicaset-controller", sets);
        var deployments = group.watch(Informer.Scope.all(Resources.DEPLOYMENTS), Deployment::of);
        var reconciler = new DeploymentReconciler(workshop, deployments, new DeploymentReconciler.ReplicaSetIndex(sets));
        var controller = group.add("deployment", reconciler).on(deployments)
                .on(sets, (_, set) -> concerned(deployments, set));
        // A Recreate goes on when the last old pod is gone.
        workshop.pods().cache().onChange((_, before, after) -> {
            if (after != null || before == null) return;
            for (var set : PodIndex.controllerKey(before.metadata(), "ReplicaSet")) {
                sets.get(set).ifPresent(found -> PodIndex.controllerKey(found.metadata(), "Deployment").forEach(controller.queue()::add));
            }
        });
    }

    /// The Deployment of a ReplicaSet; of an orphan, those that might adopt it.
    private static List<ObjectKey> concerned(Cache<Deployment> deployments, ReplicaSet set) {
        if (set.metadata().controller().isPresent()) return PodIndex.controllerKey(set.metadata(), "Deployment");
        return deployments.all().stream().map(Deployment::metadata).map(Metadata::key)
                .filter(key -> key.namespace().equals(set.metadata().key().namespace())).toList();
    }

    private void replicationControllers() {
        var sets = group.watch(Informer.Scope.all(Resources.REPLICATION_CONTROLLERS), ReplicaSet::ofReplicationController);
        replicaSets("ReplicationController", "replication-controller", sets);
    }

    private void replicaSets(String kind, String name, Cache<ReplicaSet> sets) {
        var reconciler = new ReplicaSetReconciler(workshop, sets, workshop.podWriter(name));
        group.add(name, reconciler).on(sets).on(workshop.pods().cache(), (_, pod) -> concerned(kind, sets, pod));
    }

    private static List<ObjectKey> concerned(String kind, Cache<ReplicaSet> sets, Pod pod) {
        if (pod.metadata().controller().isPresent()) return PodIndex.controllerKey(pod.metadata(), kind);
        return sets.all().stream().filter(set -> set.selector().matches(pod.metadata().labels())).map(set -> set.metadata().key())
                .filter(key -> key.namespace().equals(pod.metadata().key().namespace())).toList();
    }
}
