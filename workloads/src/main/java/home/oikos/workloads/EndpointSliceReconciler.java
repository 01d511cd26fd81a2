package home.oikos.workloads;

import home.oikos.api.ObjectKey;
import home.oikos.client.Cache;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import java.util.LinkedHashMap;
import java.util.Map;

/// Keeps the EndpointSlices of each Service that selects pods.
final class EndpointSliceReconciler implements Reconciler {
    private final Cache<Service> services;
    private final Cache<Node> nodes;
    private final PodIndex pods;
    private final SliceWriter slices;

    EndpointSliceReconciler(Workshop workshop, Cache<Service> services, Cache<Node> nodes, Cache.Index<EndpointSlice> byService) {
        this.services = services;
        this.nodes = nodes;
        this.pods = workshop.pods();
        this.slices = new SliceWriter(workshop, "endpointslice-controller", EndpointSlicePlan.MANAGER, byService);
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        services.get(key).filter(found -> found.selectsPods() && !found.metadata().deleting()).ifPresentOrElse(service -> slices.write(
                service.reference(), EndpointSlicePlan.of(service, pods.in(key.namespace()), zones()), EndpointSlicePlan.labels(service)),
                () -> slices.remove(key));
        return Outcome.SETTLED;
    }

    private Map<String, String> zones() {
        var zones = new LinkedHashMap<String, String>();
        for (var node : nodes.all()) zones.put(node.name(), node.metadata().labels().getOrDefault("topology.kubernetes.io/zone", ""));
        return zones;
    }
}
