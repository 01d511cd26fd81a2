package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The older Endpoints object of a Service: its pods' addresses, grouped by ports. Pure.
final class EndpointsPlan {
    /// As upstream; whoever has more reads EndpointSlices.
    static final int ADDRESSES_MAX = 1000;

    private EndpointsPlan() { }

    /// The subsets; null when there is no address, as the API shows it.
    static Json subsets(Service service, List<Pod> pods) {
        var backends = Backend.of(service, pods, service.families().getFirst()).stream()
                .filter(backend -> service.publishNotReady() || !backend.pod().metadata().deleting())
                .sorted(Comparator.comparing(Backend::address)).limit(ADDRESSES_MAX).toList();
        var byPorts = backends.stream().collect(Collectors.groupingBy(Backend::ports, LinkedHashMap::new, Collectors.toList()));
        var subsets = byPorts.entrySet().stream().<Json>map(group -> subset(service, group.getKey(), group.getValue())).toList();
        return subsets.isEmpty() ? Json.NULL : new JsonArray(subsets);
    }

    private static JsonObject subset(Service service, JsonArray ports, List<Backend> backends) {
        return JsonObject.of("addresses", addresses(service, backends, true), "notReadyAddresses", addresses(service, backends, false),
                "ports", ports.isEmpty() ? null : ports.map(EndpointsPlan::port));
    }

    /// A port without a name has none here, and an empty one in a slice.
    private static Json port(Json port) {
        return port.at("name").text("").isEmpty() ? port.object().without("name") : port;
    }

    private static List<JsonObject> addresses(Service service, List<Backend> backends, boolean ready) {
        var addresses = backends.stream().filter(backend -> backend.ready() == ready).map(backend -> address(service, backend)).toList();
        return addresses.isEmpty() ? null : addresses;
    }

    private static JsonObject address(Service service, Backend backend) {
        var node = backend.pod().nodeName();
        return JsonObject.of("ip", backend.address(), "hostname", backend.hostname(service).orElse(null),
                "nodeName", node.isEmpty() ? null : node, "targetRef", backend.target());
    }

    static Map<String, String> labels(Service service) {
        var labels = new LinkedHashMap<>(service.metadata().labels());
        labels.put("endpoints.kubernetes.io/managed-by", "endpoint-controller");
        if (service.headless()) labels.put("service.kubernetes.io/headless", "");
        return labels;
    }
}
