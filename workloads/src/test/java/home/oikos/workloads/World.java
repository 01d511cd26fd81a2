package home.oikos.workloads;

import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.FakeApi;
import home.oikos.client.Patch;
import home.oikos.client.Resource;
import home.oikos.client.Resources;
import home.oikos.controller.ControllerGroup;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/// All controllers of the room, running against an API server in memory. The test plays kubelet.
final class World implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    static final Resource[] RESOURCES = {Resources.PODS, Resources.NODES, Resources.NAMESPACES, Resources.SERVICES, Resources.ENDPOINTS,
        Resources.CONFIG_MAPS, Resources.SECRETS, Resources.EVENTS, Resources.SERVICE_ACCOUNTS, Resources.REPLICATION_CONTROLLERS,
        Resources.DEPLOYMENTS, Resources.REPLICA_SETS, Resources.STATEFUL_SETS, Resources.DAEMON_SETS, Resources.CONTROLLER_REVISIONS,
        Resources.JOBS, Resources.CRON_JOBS, Resources.ENDPOINT_SLICES, Resources.POD_DISRUPTION_BUDGETS, Resources.LEASES,
        Resources.CUSTOM_RESOURCE_DEFINITIONS, Resources.PERSISTENT_VOLUME_CLAIMS, Resources.PERSISTENT_VOLUMES,
        Resources.HORIZONTAL_POD_AUTOSCALERS, Resources.STORAGE_CLASSES, Resources.RESOURCE_QUOTAS, Resources.CERTIFICATE_SIGNING_REQUESTS};

    final FakeApi api = new FakeApi(Clock.systemUTC(), RESOURCES);
    final ApiClient client = new ApiClient(api);
    final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final ControllerGroup group = new ControllerGroup(client, new ControllerGroup.Surroundings(Clock.systemUTC(),
            time -> Thread.onSpinWait(), new Random(1), (controller, key, why) -> failures.add(controller + " " + key + ": " + why)));

    World() {
        Workloads.addTo(group, "CA", (request, validity) -> {
            if (request.isEmpty()) throw new IllegalArgumentException("there is nothing to sign");
            return "signed " + request + " for " + validity.toHours() + " h";
        });
        group.start();
    }

    Json create(Resource resource, String namespace, String name, Object... members) {
        var metadata = JsonObject.of("name", name, "namespace", resource.namespaced() ? namespace : null);
        var given = JsonObject.of(members);
        metadata = metadata.withAll(given.at("metadata").object());
        return client.create(resource, JsonObject.of("apiVersion", resource.apiVersion(), "kind", resource.kind()).withAll(given)
                .with("metadata", metadata));
    }

    void node(String name, String cpu) {
        create(Resources.NODES, "", name, "metadata", JsonObject.of("labels", JsonObject.of("kubernetes.io/hostname", name)));
        client.patchStatus(Resources.NODES, ObjectKey.clusterScoped(name), Patch.merge("status", JsonObject.of(
                "allocatable", JsonObject.of("cpu", cpu, "memory", "4Gi", "pods", "10"),
                "conditions", List.of(JsonObject.of("type", "Ready", "status", "True")))));
    }

    Json get(Resource resource, String namespace, String name) {
        return client.find(resource, new ObjectKey(namespace, name)).orElse(Json.NULL);
    }

    List<JsonObject> all(Resource resource, Predicate<Json> filter) {
        return api.objects().all(resource, filter);
    }

    List<JsonObject> pods(String label, String value) {
        return all(Resources.PODS, pod -> pod.at("metadata", "labels", label).text("").equals(value)
                && pod.at("metadata", "deletionTimestamp").isNull());
    }

    /// Waits until the object is as the test says, and gives it.
    Json await(Resource resource, String namespace, String name, Predicate<Json> until) throws InterruptedException {
        await(resource.kind() + " " + name, () -> until.test(get(resource, namespace, name)), () -> get(resource, namespace, name));
        return get(resource, namespace, name);
    }

    void await(String what, java.util.function.BooleanSupplier until, java.util.function.Supplier<?> seen) throws InterruptedException {
        boolean came = api.objects().await(until, PATIENCE);
        assertTrue(came, () -> what + " never came; now " + seen.get() + "; failures " + failures);
    }

    List<JsonObject> awaitPods(String label, String value, int count) throws InterruptedException {
        await(count + " pods of " + value, () -> pods(label, value).size() == count, () -> pods(label, value));
        return pods(label, value);
    }

    void status(Json pod, Object... members) {
        client.patchStatus(Resources.PODS, ObjectKey.of(pod), new Patch.Strategic(JsonObject.of("status", JsonObject.of(members))));
    }

    void ready(Json pod, boolean ready) {
        status(pod, "phase", "Running", "podIP", "10.1.0." + (pod.at("metadata", "resourceVersion").text("").hashCode() & 0x7f),
                "conditions", List.of(JsonObject.of("type", "Ready", "status", ready ? "True" : "False",
                        "lastTransitionTime", "2024-01-01T00:00:00Z")));
    }

    static JsonObject template(String label, String value, String version) {
        return JsonObject.of("metadata", JsonObject.of("labels", JsonObject.of(label, value), "annotations", JsonObject.of("v", version)),
                "spec", JsonObject.of("schedulerName", "nobody", "containers", List.of(JsonObject.of("name", "c", "image", "i"))));
    }

    @Override
    public void close() {
        group.close();
    }
}
