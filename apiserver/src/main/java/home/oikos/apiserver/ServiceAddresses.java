package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.FieldError;
import home.oikos.api.GroupVersion;
import home.oikos.api.GroupVersionResource;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Gives Services their cluster addresses and node ports. What is taken is read from the store; what was given out a moment ago and may not
/// be stored yet is remembered for a while. Guarded by its own lock, for moments only.
final class ServiceAddresses implements AdmissionPlugin {
    private static final GroupVersionResource SERVICES = GroupVersion.CORE.resource("services");
    /// Longer than any write takes.
    private static final Duration REMEMBERED = Duration.ofSeconds(60);
    private static final int NODE_PORT_MIN = 30_000;
    private static final int NODE_PORT_MAX = 32_767;

    private final Store store;
    private final AddressBlock block;
    private final Clock clock;
    private final RandomGenerator random;
    private final Map<String, Instant> given = new HashMap<>();

    ServiceAddresses(Store store, AddressBlock block, Clock clock, RandomGenerator random) {
        this.store = store;
        this.block = block;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public JsonObject mutate(Admission admission, JsonObject object) {
        if (admission.operation() == Operation.DELETE || !admission.resource().definition().groupVersionResource().equals(SERVICES)
                || !admission.subresource().isEmpty()) return object;
        return Absent.within(admission.resource().rules().defaulted(object), "spec", spec -> addressed(spec, admission));
    }

    private synchronized JsonObject addressed(JsonObject spec, Admission admission) {
        var type = spec.at("type").text("");
        if (type.equals("ExternalName")) return spec.without("clusterIP").without("clusterIPs");
        var taken = taken(admission);
        var address = spec.at("clusterIP").text(spec.at("clusterIPs").at(0).text(""));
        if (address.isEmpty()) address = give(block.free(taken, random).orElseThrow(ServiceAddresses::full), admission);
        else if (hasAnother(address, admission)) return spec;
        else if (!address.equals("None") && !isOwn(address, admission)) check(address, taken, admission);
        var set = Absent.set(spec.with("clusterIP", address), "clusterIPs", JsonArray.of(address));
        if (type.equals("ClusterIP") || !type.equals("NodePort") && !set.at("allocateLoadBalancerNodePorts").bool(true)) return set;
        checkNodePorts(set, taken, admission);
        return withHealthPort(Absent.each(set, "ports", port -> port.at("nodePort").integer(0) != 0
                ? port : port.with("nodePort", nodePort(taken, admission))), taken, admission);
    }

    /// Where a load balancer asks whether pods of the Service run on this node.
    private JsonObject withHealthPort(JsonObject spec, Set<String> taken, Admission admission) {
        var local = spec.at("type").text("").equals("LoadBalancer") && spec.at("externalTrafficPolicy").text("").equals("Local");
        return local && spec.at("healthCheckNodePort").integer(0) == 0
                ? spec.with("healthCheckNodePort", nodePort(taken, admission)) : spec;
    }

    /// An address given out stays; that another is asked for, validation tells.
    private static boolean hasAnother(String address, Admission admission) {
        var own = admission.old() == null ? "" : admission.old().at("spec", "clusterIP").text("");
        return !own.isEmpty() && !own.equals(address);
    }

    private static boolean isOwn(String address, Admission admission) {
        return admission.old() != null && admission.old().at("spec", "clusterIP").text("").equals(address);
    }

    private void check(String address, Set<String> taken, Admission admission) {
        if (!NameSyntax.isAddress(address)) throw refused(admission, FieldError.invalid("spec.clusterIPs[0]", address,
                "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"));
        var wrong = !block.contains(address)
                ? "failed to allocate IP %s: the provided IP (%s) is not in the valid range. The range of valid IPs is "
                        + "%s".formatted(address, address, block)
                : taken.contains(address) ? "failed to allocate IP %s: provided IP is already allocated".formatted(address) : null;
        if (wrong == null) {
            give(address, admission);
            return;
        }
        throw refused(admission, FieldError.invalid("spec.clusterIPs", JsonArray.of(address), wrong));
    }

    private static ApiException refused(Admission admission, FieldError error) {
        return new ApiException(ApiStatus.invalid("", "Service", admission.name(), List.of(error)));
    }

    private void checkNodePorts(JsonObject spec, Set<String> taken, Admission admission) {
        var own = admission.old() == null ? List.of() : admission.old().at("spec", "ports").array().stream().map(p -> p.at("nodePort"))
                .toList();
        FieldErrors.each(spec.at("ports"), "spec.ports", (port, at) -> {
            long asked = port.at("nodePort").integer(0L);
            if (asked == 0 || own.contains(port.at("nodePort"))) return;
            var wrong = asked < NODE_PORT_MIN || asked > NODE_PORT_MAX
                    ? "provided port is not in the valid range. The range of valid ports is " + NODE_PORT_MIN + "-" + NODE_PORT_MAX
                    : taken.contains(Long.toString(asked)) ? "provided port is already allocated" : null;
            if (wrong != null) throw refused(admission, FieldError.invalid(at + ".nodePort", asked, wrong));
        });
    }

    private int nodePort(Set<String> taken, Admission admission) {
        int span = NODE_PORT_MAX - NODE_PORT_MIN + 1;
        int start = random.nextInt(span);
        for (int i = 0; i < span; i++) {
            var port = Integer.toString(NODE_PORT_MIN + (start + i) % span);
            if (taken.add(port)) return Integer.parseInt(give(port, admission));
        }
        throw new ApiException(ApiStatus.internalError("failed to allocate a nodePort: range is full"));
    }

    private static ApiException full() {
        return new ApiException(ApiStatus.internalError("failed to allocate a serviceIP: range is full"));
    }

    private String give(String what, Admission admission) {
        if (!admission.dryRun()) given.put(what, clock.instant());
        return what;
    }

    /// Addresses and ports of all Services, and what was given out lately and is not in the store yet: once there, it is free as soon as
    /// its Service is gone.
    private Set<String> taken(Admission admission) {
        var limit = clock.instant().minus(REMEMBERED);
        given.values().removeIf(limit::isAfter);
        var taken = new HashSet<String>();
        var prefix = admission.resource().prefix();
        store.snapshot().range(prefix, prefix, entry -> {
            var spec = Json.parse(entry.value()).at("spec");
            taken.add(spec.at("clusterIP").text(""));
            for (var port : spec.at("ports").array()) taken.add(Long.toString(port.at("nodePort").integer(0L)));
            taken.add(Long.toString(spec.at("healthCheckNodePort").integer(0L)));
            return true;
        });
        given.keySet().removeAll(taken);
        taken.addAll(given.keySet());
        return taken;
    }
}
