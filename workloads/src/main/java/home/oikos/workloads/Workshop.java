package home.oikos.workloads;

import home.oikos.client.ApiClient;
import home.oikos.client.Informer;
import home.oikos.client.Resources;
import home.oikos.controller.ControllerGroup;
import java.time.Clock;
import java.util.random.RandomGenerator;

/// What every controller of this room works with.
record Workshop(ControllerGroup group, PodIndex pods) {
    static Workshop in(ControllerGroup group) {
        return new Workshop(group, new PodIndex(group.watch(Informer.Scope.all(Resources.PODS), Pod::of)));
    }

    ApiClient client() {
        return group.client();
    }

    Clock clock() {
        return group.clock();
    }

    RandomGenerator random() {
        return group.random();
    }

    /// Pods are written, and events told, in the name of that controller.
    PodWriter podWriter(String component) {
        return new PodWriter(client().fieldManager(component), Expectations.over(pods.cache()), group.events(component), clock());
    }
}
