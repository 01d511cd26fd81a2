package home.oikos.node;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import home.oikos.host.CommandException;
import home.oikos.host.Nftables;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Keeps the instance's nftables table as the Services and EndpointSlices want it, and tells Services of type LoadBalancer the machine's
/// address. One virtual thread runs it; changes that come together make one new table.
final class ServiceProxy implements AutoCloseable {
    private static final Duration TOGETHER = Duration.ofMillis(10);
    private static final Duration RETRY = Duration.ofSeconds(2);
    /// Somebody may have flushed the rules of the whole machine (`nft flush ruleset` in a firewall script): looked after this often.
    private static final Duration CHECK = Duration.ofSeconds(30);
    private static final String SERVICE_NAME = "kubernetes.io/service-name";

    private final ApiClient client;
    private final NodeSettings settings;
    private final Cache<Json> services;
    private final Cache<Json> slices;
    private final Cache<Json> pods;
    private final NodeEvents events;
    private final Semaphore changes = new Semaphore(1);
    private final Thread runner;
    /// Host ports that stay with the machine, as was told; of pods that are there.
    private Map<ObjectKey, List<Integer>> refused = Map.of();
    private String applied = "";
    private volatile String trouble = "";

    /// @param pods those of this node
    ServiceProxy(ApiClient client, NodeSettings settings, Cache<Json> services, Cache<Json> slices, Cache<Json> pods, NodeEvents events) {
        this.client = client;
        this.settings = settings;
        this.services = services;
        this.slices = slices;
        this.pods = pods;
        this.events = events;
        services.onChange((_, _, _) -> changes.release());
        slices.onChange((_, _, _) -> changes.release());
        pods.onChange((_, before, after) -> {
            if (Stream.of(before, after).anyMatch(pod -> pod != null && HostPorts.any(pod))) changes.release();
        });
        runner = Thread.ofVirtual().name("service-proxy").start(this::run);
    }

    private void run() {
        try {
            services.awaitSynced();
            slices.awaitSynced();
            pods.awaitSynced();
            var wait = CHECK;
            while (true) {
                if (changes.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                    while (changes.tryAcquire(TOGETHER.toMillis(), TimeUnit.MILLISECONDS)) changes.drainPermits();
                } else if (!Nftables.OF_THE_MACHINE.exists(settings.instance().tableName())) applied = "";
                wait = attempt() ? CHECK : RETRY;
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean attempt() {
        try {
            var taken = ListeningPorts.now();
            var all = services.all();
            apply(rules(all, taken));
            all.forEach(service -> announce(service, taken));
            refuse(pods.all(), taken);
            trouble = "";
            return true;
        } catch (CommandException | ApiException | UncheckedIOException failed) {
            trouble = "Services: " + failed.getMessage();
            return false;
        }
    }

    /// Why the table is not as the Services want it.
    Optional<String> trouble() {
        return trouble.isEmpty() ? Optional.empty() : Optional.of(trouble);
    }

    private void apply(String text) {
        if (text.equals(applied)) return;
        Nftables.OF_THE_MACHINE.replace(settings.instance().tableName(), text);
        applied = text;
    }

    private String rules(List<Json> all, Set<Integer> taken) {
        var byService = slices.all().stream().collect(Collectors.groupingBy(ServiceProxy::serviceOf));
        var ports = new ArrayList<ServicePort>();
        for (var service : all) ports.addAll(ServicePort.of(service, byService.getOrDefault(ObjectKey.of(service), List.of()), taken));
        for (var pod : pods.all()) ports.addAll(HostPorts.of(pod, taken));
        PodLinks.openToLoopback(ports.stream().filter(ServicePort::isOnLoopback).flatMap(port -> port.endpoints().stream())
                .map(ServicePort.Endpoint::ip).filter(settings.addresses().pods()::contains).collect(Collectors.toSet()));
        return new ServiceRules(settings.addresses(), ports).text();
    }

    static ObjectKey serviceOf(Json slice) {
        var metadata = slice.at("metadata");
        return new ObjectKey(metadata.at("namespace").text(""), metadata.at("labels", SERVICE_NAME).text("-"));
    }

    /// A LoadBalancer answers on the machine's own addresses. A port that something else has is told as a condition.
    private void announce(Json service, Set<Integer> taken) {
        if (!service.at("spec", "type").text("").equals("LoadBalancer")) return;
        var clash = service.at("spec", "ports").array().stream().map(port -> port.at("port").integer(0)).filter(taken::contains).toList();
        BalancerStatus.change(service, settings.hostIp(), clash)
                .ifPresent(status -> client.patchStatus(Resources.SERVICES, ObjectKey.of(service), Patch.merge("status", status)));
    }

    /// Tells pods that ask for a port on which something of the machine listens, once each time it is so.
    private void refuse(List<Json> all, Set<Integer> taken) {
        var now = new HashMap<ObjectKey, List<Integer>>();
        for (var pod : all) {
            var kept = HostPorts.refused(pod, taken);
            if (kept.isEmpty()) continue;
            now.put(ObjectKey.of(pod), kept);
            if (kept.equals(refused.get(ObjectKey.of(pod)))) continue;
            events.warning(pod, "", "HostPortTaken", ("Something of this machine listens on port %s, so the pod is not reached there. "
                    + "Ask for another hostPort, or end it.").formatted(kept.stream().map(String::valueOf).collect(Collectors.joining(", "))));
        }
        refused = now;
    }

    @Override
    public void close() {
        runner.interrupt();
    }
}
