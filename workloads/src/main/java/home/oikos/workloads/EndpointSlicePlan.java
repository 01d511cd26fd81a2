package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The slices a Service should have. Pure.
final class EndpointSlicePlan {
    /// As upstream: a slice stays small enough to be sent whole at each change.
    static final int ENDPOINTS_MAX = 100;
    static final String SERVICE_NAME = "kubernetes.io/service-name";
    static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
    static final String MANAGER = "endpointslice-controller.k8s.io";

    private EndpointSlicePlan() { }

    /// The content of one slice; an empty one has neither endpoints nor ports.
    record Content(String addressType, Json endpoints, Json ports) { }

    /// @param zones the zone of each node that exists; a pod on no known node is not listed
    static List<Content> of(Service service, List<Pod> pods, Map<String, String> zones) {
        var contents = new ArrayList<Content>();
        for (var family : service.families()) {
            var backends = Backend.of(service, pods, family).stream()
                    .filter(backend -> !backend.pod().isBound() || zones.containsKey(backend.pod().nodeName()))
                    .sorted(Comparator.comparing(Backend::address)).toList();
            if (backends.isEmpty()) contents.add(new Content(family, Json.NULL, Json.NULL));
            var byPorts = backends.stream().collect(Collectors.groupingBy(Backend::ports, LinkedHashMap::new, Collectors.toList()));
            byPorts.forEach((ports, group) -> contents.addAll(slices(service, family, ports, group, zones)));
        }
        return contents;
    }

    private static List<Content> slices(Service service, String family, JsonArray ports, List<Backend> backends, Map<String,
            String> zones) {
        var contents = new ArrayList<Content>();
        for (int from = 0; from < backends.size(); from += ENDPOINTS_MAX) {
            var part = backends.subList(from, Math.min(from + ENDPOINTS_MAX, backends.size()));
            var endpoints = part.stream().<Json>map(backend -> endpoint(service, backend, zones)).toList();
            contents.add(new Content(family, new JsonArray(endpoints), ports));
        }
        return contents;
    }

    private static JsonObject endpoint(Service service, Backend backend, Map<String, String> zones) {
        var node = backend.pod().nodeName();
        var zone = zones.getOrDefault(node, "");
        var conditions = JsonObject.of("ready", backend.ready(), "serving", backend.serving(),
                "terminating", backend.pod().metadata().deleting());
        return JsonObject.of("addresses", List.of(backend.address()), "conditions", conditions,
                "hostname", backend.hostname(service).orElse(null), "nodeName", node.isEmpty() ? null : node,
                "targetRef", backend.target(), "zone", zone.isEmpty() ? null : zone);
    }

    /// The labels of a Service's slices: the Service's own, and those by which they are found.
    static Map<String, String> labels(Service service) {
        var labels = new LinkedHashMap<>(service.metadata().labels());
        labels.put(SERVICE_NAME, service.metadata().name());
        labels.put(MANAGED_BY, MANAGER);
        if (service.headless()) labels.put("service.kubernetes.io/headless", "");
        return labels;
    }
}
