package home.oikos.node;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.Timestamps;
import home.oikos.client.ApiClient;
import home.oikos.client.Informer;
import home.oikos.client.Resource;
import home.oikos.client.Resources;
import home.oikos.client.Selection;
import home.oikos.host.Effect;
import home.oikos.host.Effects;
import home.oikos.host.Links;
import home.oikos.host.Mounts;
import home.oikos.host.Nftables;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// The agent of one node: a worker a pod, the service proxy, DNS, heartbeats. Closing it leaves all pods running; the next one adopts them.
/// What it makes on the machine is in the instance's [Effects].
public final class NodeAgent implements AutoCloseable {
    private final ApiClient client;
    private final ContainerRuntime runtime;
    private final NodeSettings settings;
    private final RandomGenerator random;
    private final Clock clock;
    private final Map<String, PodWorker> workers = new ConcurrentHashMap<>();
    private final List<AutoCloseable> parts = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final PodStreams streams;
    private Workbench bench;
    private NodeMetrics metrics;
    private ServiceProxy proxy;
    private Informer<Json> pods;

    private NodeAgent(ApiClient client, ContainerRuntime runtime, NodeSettings settings, Clock clock, RandomGenerator random) {
        this.client = client;
        this.runtime = runtime;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.streams = new PodStreams(runtime, settings, uid -> Optional.ofNullable(workers.get(uid)).flatMap(PodWorker::view));
    }

    /// Prepares the machine and starts everything; returns at once.
    /// @throws IOException when the DNS server's address cannot be had
    public static NodeAgent start(ApiClient client, ContainerRuntime runtime, NodeSettings settings, Clock clock, RandomGenerator random)
            throws IOException {
        prepare(settings);
        var agent = new NodeAgent(client, runtime, settings, clock, random);
        try {
            agent.start();
            return agent;
        } catch (IOException | RuntimeException failed) {
            agent.close();
            throw failed;
        }
    }

    /// What pods need of the machine before the first one starts. Each is written down before it is made.
    public static void prepare(NodeSettings settings) throws IOException {
        var instance = settings.instance();
        var effects = new Effects(instance.runDir());
        effects.set(Path.of("/proc/sys/net/ipv4/ip_forward"), "1");
        effects.remember(new Effect.TableMade(instance.tableName()));
        effects.remember(new Effect.CgroupMade(instance.cgroupParent()));
        effects.remember(new Effect.MountsMade(instance.runDir()));
        effects.remember(new Effect.AddressAdded(settings.addresses().own() + "/32", "lo"));
        Links.addAddress(settings.addresses().own() + "/32", "lo");
        var inMemory = Files.createDirectories(instance.runDir().resolve("volatile"));
        Mounts.tmpfs(inMemory, 0, "0711");
    }

    /// Tells of a node whose container runtime could not be started: it is there, is not ready, and says why, until [#start] succeeds.
    public static void announce(ApiClient client, NodeSettings settings, Clock clock, String trouble) {
        var down = new RuntimeHealth() {
            @Override
            public String version() {
                return "";
            }

            @Override
            public Optional<String> trouble() {
                return Optional.of(trouble);
            }
        };
        new NodeRegistration(client, down, settings, Machine.read(settings.instance().dataDir()), pressure(settings, clock), clock)
                .runOnce(clock.instant());
    }

    /// The way to what runs in pods: logs, exec, attach, port-forward.
    public PodStreams streams() {
        return streams;
    }

    /// What keeps this node from doing its work, in words; empty when nothing does.
    public List<String> troubles() {
        return Stream.concat(Stream.of(runtime.trouble(), proxy.trouble()).flatMap(Optional::stream),
                Nftables.OF_THE_MACHINE.foreignDrops().stream().map("the firewall chain %s drops what pods send"::formatted)).toList();
    }

    /// What each running container uses now.
    public Map<String, ContainerRuntime.Usage> usage() {
        return runtime.usage();
    }

    /// What pods and the machine use now, as `metrics.k8s.io` says it.
    public NodeMetrics metrics() {
        return metrics;
    }

    private void start() throws IOException {
        var machine = Machine.read(settings.instance().dataDir());
        var events = opened(new NodeEvents(client, settings.nodeName(), clock, random));
        var services = informer(Resources.SERVICES, Selection.ALL);
        var slices = informer(Resources.ENDPOINT_SLICES, Selection.ALL);
        pods = informer(Resources.PODS, Selection.fields("spec.nodeName=" + settings.nodeName()));
        var sources = new ApiSources(client, clock);
        bench = new Workbench(client, runtime, settings, sources, new VolumeStore(settings, sources), events, clock,
                () -> services.cache().all(), this::views, machine);
        metrics = new NodeMetrics(runtime::usage, Machine::cpuNanos, settings, machine, this::views, clock);
        proxy = opened(new ServiceProxy(client, settings, services.cache(), slices.cache(), pods.cache(), events));
        opened(new DnsServer(InetAddress.getByName(settings.dnsAddress()), DnsServer.PORT,
                new DnsNames(settings, services.cache(), slices.cache())::zone, new DnsForwarder(this::resolvers, clock)).start());
        pods.cache().onChange((_, before, after) -> changed(before, after));
        opened(runtime.events(this::heard));
        var pressure = pressure(settings, clock);
        opened(new NodeRegistration(client, runtime, settings, machine, pressure, clock).start());
        opened(new Housekeeping(new LogRotation(runtime, settings, LogRotation.BYTES_MAX), new Evictions(bench, pressure),
                new ImageCollector(bench, pressure), workers::values).start());
        for (var informer : List.of(services, slices)) Thread.ofVirtual().name("informer").start(informer::run);
        Thread.ofVirtual().name("pods").start(() -> followPods(services));
        Thread.ofVirtual().name("node-orphans").start(this::endOrphans);
    }

    private List<PodView> views() {
        return workers.values().stream().flatMap(worker -> worker.view().stream()).toList();
    }

    private static NodePressure pressure(NodeSettings settings, Clock clock) {
        return new NodePressure(settings.instance().dataDir(), Machine::availableBytes, clock);
    }

    /// Pods are told of the Services of their namespace when they start, so those are known first.
    private void followPods(Informer<Json> services) {
        try {
            services.cache().awaitSynced();
            pods.run();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.addFirst(part);
        return part;
    }

    private Informer<Json> informer(Resource resource, Selection selection) {
        return opened(new Informer<>(client, new Informer.Scope(resource, "", selection), object -> object, this::pause, random));
    }

    private void pause(Duration time) throws InterruptedException {
        closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private List<String> resolvers() {
        return ResolverConfig.ofThisMachine().servers().stream().filter(server -> !server.equals(settings.dnsAddress())
                && server.indexOf(':') < 0).toList();
    }

    private void changed(Json before, Json after) {
        if (before != null && (after == null || !uid(before).equals(uid(after)))) {
            Optional.ofNullable(workers.get(uid(before))).ifPresent(PodWorker::vanished);
        }
        if (after == null) return;
        var pod = after.object();
        workers.compute(uid(after), (_, worker) -> {
            if (worker == null) return new PodWorker(bench, pod, this::finished).start();
            worker.update(pod);
            return worker;
        });
    }

    private static String uid(Json pod) {
        return pod.at("metadata", "uid").text("");
    }

    private void finished(PodWorker worker) {
        workers.remove(worker.identity().uid(), worker);
    }

    /// Something happened to a container or sandbox: its pod is looked at. An unknown one may be anybody's.
    private void heard(String id) {
        var owners = id.isEmpty() ? workers.values() : workers.values().stream().filter(worker -> worker.owns(id)).toList();
        (owners.isEmpty() ? workers.values() : owners).forEach(PodWorker::heard);
    }

    /// Pods that were deleted while we were away are ended like any other.
    private void endOrphans() {
        try {
            pods.cache().awaitSynced();
            var known = pods.cache().all().stream().map(NodeAgent::uid).toList();
            for (var room : runtime.allSandboxes()) {
                if (known.contains(room.podUid())) continue;
                workers.computeIfAbsent(room.podUid(), _ -> {
                    var worker = new PodWorker(bench, orphan(room), this::finished);
                    worker.vanished();
                    return worker.start();
                });
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeFailure away) {
            // The next life of ours looks again.
        }
    }

    private JsonObject orphan(Sandbox room) {
        return JsonObject.of("metadata", JsonObject.of("name", room.podName(), "namespace", room.namespace(), "uid", room.podUid(),
                "deletionTimestamp", Timestamps.time(clock.instant()), "deletionGracePeriodSeconds", 0), "spec", JsonObject.EMPTY);
    }

    /// Ends every pod on this machine without telling the API: what `down` does before containerd is stopped.
    public void removeAllPods(Duration grace) {
        close();
        removeAllPods(runtime, grace);
    }

    /// The same without an agent, after a sudden death of ours.
    public static void removeAllPods(ContainerRuntime runtime, Duration grace) {
        var ending = runtime.allSandboxes().stream().map(room -> Thread.ofVirtual().start(() -> {
            runtime.containers(room.podUid()).stream().filter(Container::isRunning).forEach(run -> runtime.stopContainer(run.id(), grace));
            runtime.stopSandbox(room.id());
            runtime.removeSandbox(room.id());
        })).toList();
        try {
            for (var each : ending) each.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        workers.values().forEach(PodWorker::close);
        for (var part : parts) {
            try {
                part.close();
            } catch (Exception stuck) {
                // Its thread ends with the process; the others must still be closed.
            }
        }
    }
}
