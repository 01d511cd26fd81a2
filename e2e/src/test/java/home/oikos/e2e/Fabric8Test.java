package home.oikos.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The Java client that others write their operators with, against a home with containers.
class Fabric8Test {
    private static final String TALKER = """
            apiVersion: v1
            kind: Pod
            metadata: {name: talker, namespace: default}
            spec:
              terminationGracePeriodSeconds: 0
              containers:
              - name: talk
                image: localhost/box:1
                command: [/bin/busybox, sh, -c, "echo hello from inside; exec busybox sleep 1000"]
            """;
    private static Machine machine;
    private static Home home;
    private static KubernetesClient client;

    @BeforeAll
    static void bringUp() throws Exception {
        machine = Machine.create();
        home = Home.on(machine);
        home.up();
        home.oikos("image", "build", "localhost/box:1", "--package", "busybox-static").run();
        client = new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(Files.readString(home.data().resolve("kubeconfig")))).build();
    }

    @AfterAll
    static void takeDown() throws Exception {
        try (var _ = machine; var _ = home; var _ = client) { }
    }

    private static ConfigMap configMap(String name, Map<String, String> data) {
        return new ConfigMapBuilder().withNewMetadata().withName(name).withNamespace("default").endMetadata().withData(data).build();
    }

    @Test
    void createsReadsEditsPatchesAndDeletes() {
        var made = client.resource(configMap("crud", Map.of("k", "v"))).create();
        assertEquals(409, assertThrows(KubernetesClientException.class, () -> client.resource(configMap("crud", Map.of())).create()).getCode());
        var resource = client.configMaps().inNamespace("default").withName("crud");
        resource.edit(map -> new ConfigMapBuilder(map).addToData("edited", "yes").build());
        resource.patch(PatchContext.of(PatchType.STRATEGIC_MERGE), "{\"metadata\":{\"labels\":{\"room\":\"kitchen\"}}}");
        assertEquals(1, client.configMaps().inNamespace("default").withLabel("room", "kitchen").list().getItems().size());
        assertEquals(Map.of("k", "v", "edited", "yes"), resource.get().getData());
        var stale = assertThrows(KubernetesClientException.class, () -> client.resource(made).lockResourceVersion(made.getMetadata().getResourceVersion())
                .update());
        assertEquals(409, stale.getCode());
        resource.delete();
        assertNull(resource.get());
    }

    @Test
    void serverSideApplyOwnsItsFields() {
        client.resource(configMap("applied", Map.of("k", "mine"))).fieldManager("one").serverSideApply();
        var theirs = client.resource(configMap("applied", Map.of("k", "theirs"))).fieldManager("two");
        var conflict = assertThrows(KubernetesClientException.class, theirs::serverSideApply);
        assertTrue(conflict.getMessage().contains("conflict with \"one\""), conflict.getMessage());
        assertEquals("theirs", theirs.forceConflicts().serverSideApply().getData().get("k"));
    }

    @Test
    void anInformerResyncsAndFindsItsWayBackAfterTheHomeWasKilled() {
        var seen = ConcurrentHashMap.<String>newKeySet();
        var resyncs = new AtomicInteger();
        try (var informer = client.configMaps().inNamespace("default").withLabel("informed").inform(watcher(seen, resyncs), 1_000)) {
            client.resource(informed("before")).create();
            Eventually.passes("the informer sees what is made", () -> assertTrue(seen.contains("before")));
            Eventually.passes("what did not change is told again", () -> assertTrue(resyncs.get() > 0));
            home.kill("serve");
            Eventually.passes("the home is back", () -> client.resource(informed("after")).create());
            Eventually.passes("the same informer sees what is made later", () -> assertTrue(seen.contains("after")));
            assertEquals(Set.of("before", "after"), Set.copyOf(seen));
            assertEquals(2, informer.getStore().list().size());
        }
    }

    private static ConfigMap informed(String name) {
        return new ConfigMapBuilder(configMap(name, Map.of())).editMetadata().addToLabels("informed", "yes").endMetadata().build();
    }

    private static ResourceEventHandler<ConfigMap> watcher(Set<String> seen, AtomicInteger resyncs) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(ConfigMap made) {
                seen.add(made.getMetadata().getName());
            }

            @Override
            public void onUpdate(ConfigMap old, ConfigMap now) {
                if (old.getMetadata().getResourceVersion().equals(now.getMetadata().getResourceVersion())) resyncs.incrementAndGet();
            }

            @Override
            public void onDelete(ConfigMap gone, boolean unknown) {
                seen.remove(gone.getMetadata().getName());
            }
        };
    }

    @Test
    void aPodTellsItsLogAndRunsACommand() throws Exception {
        client.resource(TALKER).create();
        var pod = client.pods().inNamespace("default").withName("talker");
        pod.waitUntilReady(1, TimeUnit.MINUTES);
        // Without a readiness probe a container is ready as soon as it runs, which may be before its first line.
        Eventually.passes("the pod's first line", () -> assertEquals("hello from inside\n", pod.getLog()));
        var out = new ByteArrayOutputStream();
        try (var exec = pod.writingOutput(out).exec("/bin/busybox", "sh", "-c", "echo inside; exit 3")) {
            assertEquals(3, exec.exitCode().get(30, TimeUnit.SECONDS));
        }
        assertEquals("inside\n", out.toString());
        pod.delete();
    }

    @Test
    void twoCandidatesElectOneLeaderAndTheOtherFollowsIt() throws Exception {
        var leads = Map.of("one", new CountDownLatch(1), "two", new CountDownLatch(1));
        var first = elector("one", leads);
        assertTrue(leads.get("one").await(30, TimeUnit.SECONDS));
        var second = elector("two", leads);
        assertEquals("one", client.leases().inNamespace("default").withName("chair").get().getSpec().getHolderIdentity());
        first.cancel(true);
        assertTrue(leads.get("two").await(30, TimeUnit.SECONDS), "the seat that was given back is taken");
        second.cancel(true);
    }

    private static CompletableFuture<?> elector(String name, Map<String, CountDownLatch> leads) {
        var config = new LeaderElectionConfigBuilder().withName(name).withLock(new LeaseLock("default", "chair", name)).withReleaseOnCancel(true)
                .withLeaseDuration(Duration.ofSeconds(6)).withRenewDeadline(Duration.ofSeconds(4)).withRetryPeriod(Duration.ofMillis(300))
                .withLeaderCallbacks(new LeaderCallbacks(leads.get(name)::countDown, () -> { }, _ -> { })).build();
        return client.leaderElector().withConfig(config).build().start();
    }
}
