package home.oikos.workloads;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import home.oikos.client.DeleteOptions;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import java.util.Map;

/// Keeps the Endpoints of each Service that selects pods, for clients that do not read EndpointSlices.
final class EndpointsReconciler implements Reconciler {
    private final ApiClient client;
    private final Cache<Service> services;
    private final Cache<Endpoints> endpoints;
    private final PodIndex pods;

    EndpointsReconciler(Workshop workshop, Cache<Service> services, Cache<Endpoints> endpoints) {
        this.client = workshop.client().fieldManager("endpoint-controller");
        this.services = services;
        this.endpoints = endpoints;
        this.pods = workshop.pods();
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var existing = endpoints.get(key);
        var service = services.get(key).filter(found -> !found.metadata().deleting());
        if (service.isEmpty()) existing.filter(Endpoints::isOurs).ifPresent(this::delete);
        else if (service.get().selectsPods()) write(service.get(), existing.orElse(null));
        return Outcome.SETTLED;
    }

    private void write(Service service, Endpoints existing) {
        var subsets = EndpointsPlan.subsets(service, pods.in(service.metadata().key().namespace()));
        var labels = EndpointsPlan.labels(service);
        if (existing == null) create(service, labels, JsonObject.of("subsets", subsets.isNull() ? null : subsets));
        else if (!existing.subsets().equals(subsets) || !existing.metadata().labels().equals(labels)) update(existing, labels,
                JsonObject.EMPTY.with("subsets", subsets));
    }

    private void create(Service service, Map<String, String> labels, JsonObject content) {
        var key = service.metadata().key();
        client.create(Resources.ENDPOINTS, JsonObject.of("apiVersion", "v1", "kind", "Endpoints",
                "metadata", JsonObject.of("name", key.name(), "namespace", key.namespace(), "labels", labels)).withAll(content));
    }

    private void update(Endpoints existing, Map<String, String> labels, JsonObject content) {
        var changed = Metadata.json(labels);
        for (var name : existing.metadata().labels().keySet()) {
            if (!labels.containsKey(name)) changed = changed.with(name, null);
        }
        client.patch(Resources.ENDPOINTS, existing.metadata().key(),
                new Patch.Merge(content.with("metadata", JsonObject.of("uid", existing.metadata().uid(), "labels", changed))));
    }

    private void delete(Endpoints orphan) {
        client.deleteIfPresent(Resources.ENDPOINTS, orphan.metadata().key(), DeleteOptions.ofUid(orphan.metadata().uid()));
    }
}
