package home.oikos.node;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.api.Timestamps;
import home.oikos.client.ApiClient;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Keeps this machine's Node: makes it, renews its Lease, tells its conditions when they change, and every five minutes. The API keeps both
/// Lease and status of our own Node in memory only, so a heartbeat costs no disk. One virtual thread.
final class NodeRegistration implements AutoCloseable {
    private static final Duration BEAT = Duration.ofSeconds(10);
    private static final Duration STATUS_PERIOD = Duration.ofMinutes(5);
    private static final int LEASE_SECONDS = 40;
    private static final String LEASES = "kube-node-lease";
    private static final String NOT_READY = "node.kubernetes.io/not-ready";

    private final ApiClient client;
    private final RuntimeHealth runtime;
    private final NodeSettings settings;
    private final Machine machine;
    private final NodePressure pressure;
    private final Clock clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private JsonObject told = JsonObject.EMPTY;
    private Instant toldTime = Instant.MIN;
    private String runtimeVersion = "";

    NodeRegistration(ApiClient client, RuntimeHealth runtime, NodeSettings settings, Machine machine, NodePressure pressure,
            Clock clock) {
        this.client = client;
        this.runtime = runtime;
        this.settings = settings;
        this.machine = machine;
        this.pressure = pressure;
        this.clock = clock;
    }

    NodeRegistration start() {
        Thread.ofVirtual().name("node-heartbeat").start(this::run);
        return this;
    }

    private void run() {
        try {
            do attempt();
            while (!closed.await(toldTime.equals(Instant.MIN) ? 500 : BEAT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt() {
        try {
            runOnce(clock.instant());
        } catch (ApiException | UncheckedIOException away) {
            toldTime = Instant.MIN;
        }
    }

    /// One beat.
    void runOnce(Instant now) {
        var trouble = runtime.trouble();
        if (runtimeVersion.isEmpty() && trouble.isEmpty()) runtimeVersion = runtime.version();
        var node = client.find(Resources.NODES, key()).orElseGet(this::create);
        var status = status(trouble.orElse(""));
        if (!status.equals(told) || !says(node, trouble.isEmpty()) || Duration.between(toldTime, now).compareTo(STATUS_PERIOD) >= 0) {
            client.patchStatus(Resources.NODES, key(), Patch.merge("status", status.with("conditions", conditions(node, trouble.orElse(""),
                    now))));
            told = status;
        }
        if (trouble.isEmpty()) welcome(node);
        renew(now);
        toldTime = now;
    }

    /// Whether the Node says of us what we do: somebody who missed our heartbeats, as after a suspended machine, may have given us up.
    private static boolean says(Json node, boolean ready) {
        return node.at("status", "conditions").array().stream().filter(condition -> condition.at("type").text("").equals("Ready"))
                .anyMatch(condition -> condition.at("status").text("").equals(ready ? "True" : "False"));
    }

    private ObjectKey key() {
        return ObjectKey.clusterScoped(settings.nodeName());
    }

    private Json create() {
        var labels = JsonObject.of("kubernetes.io/hostname", settings.nodeName(), "kubernetes.io/os", "linux", "kubernetes.io/arch",
                machine.architecture(), "beta.kubernetes.io/os", "linux", "beta.kubernetes.io/arch", machine.architecture(),
                "node-role.kubernetes.io/control-plane", "");
        return client.create(Resources.NODES, JsonObject.of("apiVersion", "v1", "kind", "Node",
                "metadata", JsonObject.of("name", settings.nodeName(), "labels", labels),
                "spec", JsonObject.of("podCIDR", settings.addresses().pods().toString(), "podCIDRs",
                List.of(settings.addresses().pods().toString()))));
    }

    /// Everything but the times; another one is told at once. The trouble is in it, so that it is told when it comes and when it goes.
    private JsonObject status(String trouble) {
        var kubelet = "v1.36.0+oikos";
        return JsonObject.of("capacity", machine.capacity(), "allocatable", machine.allocatable(), "addresses", JsonArray.of(
                        JsonObject.of("type", "InternalIP", "address", settings.hostIp()), JsonObject.of("type", "Hostname", "address",
                settings.nodeName())),
                "nodeInfo", JsonObject.of("machineID", machine.machineId(), "systemUUID", machine.machineId(), "bootID", machine.bootId(),
                        "kernelVersion", machine.kernel(), "osImage", machine.operatingSystem(), "containerRuntimeVersion", runtimeVersion,
                        "kubeletVersion", kubelet, "kubeProxyVersion", kubelet, "operatingSystem", "linux", "architecture",
                machine.architecture()),
                "conditions", trouble + pressure.disk() + pressure.memory());
    }

    private JsonArray conditions(Json node, String trouble, Instant now) {
        boolean full = pressure.disk();
        boolean tight = pressure.memory();
        return JsonArray.of(condition(node, now, "MemoryPressure", tight, tight ? "KubeletHasInsufficientMemory" : "KubeletHasSufficientMemory",
                        tight ? "kubelet has insufficient memory available" : "kubelet has sufficient memory available"),
                condition(node, now, "DiskPressure", full, full ? "KubeletHasDiskPressure" : "KubeletHasNoDiskPressure",
                        full ? "less than " + NodePressure.DISK_FREE_PERCENT_MIN + " % of the disk is free" : "kubelet has no disk pressure"),
                condition(node, now, "PIDPressure", false, "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
                condition(node, now, "Ready", trouble.isEmpty(), trouble.isEmpty() ? "KubeletReady" : "KubeletNotReady",
                        trouble.isEmpty() ? "kubelet is posting ready status" : trouble));
    }

    private static JsonObject condition(Json node, Instant now, String type, boolean holds, String reason, String message) {
        var status = holds ? "True" : "False";
        var before = node.at("status", "conditions").array().stream().filter(each -> each.at("type").text("").equals(type)).findFirst()
                .filter(each -> each.at("status").text("").equals(status)).map(each -> each.at("lastTransitionTime")).orElse(Json.NULL);
        return JsonObject.of("type", type, "status", status, "reason", reason, "message", message, "lastHeartbeatTime",
                Timestamps.time(now),
                "lastTransitionTime", before.isPresent() ? before : Timestamps.time(now));
    }

    /// A new Node is made with a taint that keeps pods away until it is ready.
    private void welcome(Json node) {
        var taints = node.at("spec", "taints").array();
        var kept = taints.stream().filter(taint -> !taint.at("key").text("").equals(NOT_READY)).toList();
        if (kept.size() == taints.size()) return;
        client.patch(Resources.NODES, key(), Patch.merge("spec", JsonObject.of("taints", kept.isEmpty() ? Json.NULL
                : new JsonArray(kept))));
    }

    private void renew(Instant now) {
        var lease = new ObjectKey(LEASES, settings.nodeName());
        try {
            client.patch(Resources.LEASES, lease, Patch.merge("spec", JsonObject.of("renewTime", Timestamps.microTime(now))));
        } catch (ApiException absent) {
            if (absent.code() != 404) throw absent;
            client.create(Resources.LEASES, JsonObject.of("apiVersion", "coordination.k8s.io/v1", "kind", "Lease",
                    "metadata", JsonObject.of("name", settings.nodeName(), "namespace", LEASES),
                    "spec", JsonObject.of("holderIdentity", settings.nodeName(), "leaseDurationSeconds", LEASE_SECONDS,
                            "renewTime", Timestamps.microTime(now))));
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
