package home.oikos.apiserver;

import home.oikos.store.Store;
import java.util.ArrayList;
import java.util.List;

/// The admission plugins of a home, in the order in which they run.
final class BuiltInAdmission {
    private BuiltInAdmission() { }

    static List<AdmissionPlugin> plugins(Store store, Resources resources, ApiServerOptions options) {
        var plugins = new ArrayList<AdmissionPlugin>(List.of(new NamespaceLifecycle(store),
                new ServiceAccountAdmission(store, options.random()),
                new PodDefaultsAdmission(store), new RuntimeClasses(store), new PodTopology(store), new NewNodeTaint(), new InUseProtection(),
                new ServiceAddresses(store, options.services(), options.clock(), options.random())));
        plugins.addAll(options.security().plugins());
        plugins.add(new ReviewerAdmission(options.reviewers(), new Metadata(options.clock(), options.random())));
        return plugins;
    }
}
