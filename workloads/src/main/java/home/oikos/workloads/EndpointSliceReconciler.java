package home.oikos.workloads;

import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import home.oikos.client.DeleteOptions;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Keeps the EndpointSlices of each Service that selects pods.
final class EndpointSliceReconciler implements Reconciler {
    private final ApiClient client;
    private final Cache<Service> services;
    private final Cache<Node> nodes;
    private final PodIndex pods;
    private final Cache.Index<EndpointSlice> byService;
    private final RandomGenerator random;

    EndpointSliceReconciler(Workshop workshop, Cache<Service> services, Cache<Node> nodes, Cache<EndpointSlice> slices) {
        this.client = workshop.client().fieldManager("endpointslice-controller");
        this.services = services;
        this.nodes = nodes;
        this.pods = workshop.pods();
        this.random = workshop.random();
        this.byService = slices.index(slice -> List.of(new ObjectKey(slice.metadata().key().namespace(), slice.serviceName()).toString()));
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var existing = new ArrayList<>(byService.get(key.toString()));
        existing.removeIf(slice -> !slice.metadata().labels().getOrDefault("endpointslice.kubernetes.io/managed-by", "")
                .equals("endpointslice-controller.k8s.io"));
        var service = services.get(key).filter(found -> found.selectsPods() && !found.metadata().deleting());
        if (service.isPresent()) write(service.get(), existing);
        for (var slice : existing) delete(slice);
        return Outcome.SETTLED;
    }

    /// Gives each wanted content to a slice of its address type; what is left in `existing` is not needed any more.
    private void write(Service service, List<EndpointSlice> existing) {
        var wanted = new ArrayList<>(EndpointSlicePlan.of(service, pods.in(service.metadata().key().namespace()), zones()));
        var labels = EndpointSlicePlan.labels(service);
        // First those that are right as they are, so that a change rewrites few slices.
        wanted.removeIf(content -> existing.removeIf(firstMatch(slice -> slice.content().equals(content)
                && slice.metadata().labels().equals(labels))));
        for (var content : wanted) {
            var reused = existing.stream().filter(slice -> slice.content().addressType().equals(content.addressType())).findFirst();
            if (reused.isPresent()) update(reused.get(), content, labels);
            else create(service, content, labels);
            reused.ifPresent(existing::remove);
        }
    }

    /// Lets through the first match only, so that one content takes one slice.
    private static <T> java.util.function.Predicate<T> firstMatch(java.util.function.Predicate<T> matches) {
        var taken = new boolean[1];
        return item -> !taken[0] && (taken[0] = matches.test(item));
    }

    private Map<String, String> zones() {
        var zones = new LinkedHashMap<String, String>();
        for (var node : nodes.all()) zones.put(node.name(), node.metadata().labels().getOrDefault("topology.kubernetes.io/zone", ""));
        return zones;
    }

    private void create(Service service, EndpointSlicePlan.Content content, Map<String, String> labels) {
        var prefix = service.metadata().name() + "-";
        var metadata = JsonObject.of("name", Names.generated(prefix, random), "generateName", prefix,
                "namespace", service.metadata().key().namespace(), "labels", labels,
                "ownerReferences", List.of(service.reference().controllerReference()));
        client.create(Resources.ENDPOINT_SLICES, JsonObject.of("apiVersion", "discovery.k8s.io/v1", "kind", "EndpointSlice",
                "metadata", metadata, "addressType", content.addressType(), "endpoints", content.endpoints().array(),
                "ports", content.ports().isNull() ? null : content.ports()));
    }

    private void update(EndpointSlice slice, EndpointSlicePlan.Content content, Map<String, String> labels) {
        var changed = JsonObject.EMPTY.withAll(Metadata.json(labels));
        for (var name : slice.metadata().labels().keySet()) {
            if (!labels.containsKey(name)) changed = changed.with(name, null);
        }
        var metadata = JsonObject.of("uid", slice.metadata().uid(), "labels", changed);
        client.patch(Resources.ENDPOINT_SLICES, slice.metadata().key(), new Patch.Merge(JsonObject.of("metadata", metadata)
                .with("endpoints", content.endpoints().isNull() ? JsonArray.EMPTY : content.endpoints()).with("ports", content.ports())));
    }

    private void delete(EndpointSlice slice) {
        client.deleteIfPresent(Resources.ENDPOINT_SLICES, slice.metadata().key(), DeleteOptions.ofUid(slice.metadata().uid()));
    }
}
