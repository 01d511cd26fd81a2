package home.oikos.workloads;

import home.oikos.api.ObjectKey;
import home.oikos.client.Cache;
import home.oikos.client.Resources;
import home.oikos.controller.Outcome;
import home.oikos.controller.Reconciler;
import home.oikos.controller.Reference;

/// Keeps EndpointSlices for Services without a selector, from the Endpoints that their owner wrote: a Service for a machine outside the
/// home is found by whoever reads slices alone, our own service proxy among them.
final class EndpointMirrorReconciler implements Reconciler {
    private final Cache<Service> services;
    private final Cache<Endpoints> endpoints;
    private final SliceWriter slices;

    EndpointMirrorReconciler(Workshop workshop, Cache<Service> services, Cache<Endpoints> endpoints, Cache.Index<EndpointSlice> byService) {
        this.services = services;
        this.endpoints = endpoints;
        this.slices = new SliceWriter(workshop, "endpointslicemirroring-controller", EndpointMirrorPlan.MANAGER, byService);
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        boolean byHand = services.get(key).filter(service -> !service.selectsPods() && !service.metadata().deleting()).isPresent();
        var mirrored = endpoints.get(key).filter(found -> byHand && found.isMirrored() && !found.metadata().deleting());
        mirrored.ifPresentOrElse(found -> {
            var owner = new Reference(Resources.ENDPOINTS, key, found.metadata().uid());
            slices.write(owner, EndpointMirrorPlan.of(found.subsets()), EndpointMirrorPlan.labels(found));
        }, () -> slices.remove(key));
        return Outcome.SETTLED;
    }
}
