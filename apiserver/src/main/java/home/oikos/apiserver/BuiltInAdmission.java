package home.oikos.apiserver;

import home.oikos.store.Store;
import java.util.ArrayList;
import java.util.List;

/// The admission plugins of a home, in the order in which they run.
final class BuiltInAdmission {
    private BuiltInAdmission() { }

    static List<AdmissionPlugin> plugins(Store store, Resources resources, ApiServerOptions options) {
        var plugins = new ArrayList<AdmissionPlugin>(List.of(new NamespaceLifecycle(store)));
        plugins.addAll(options.security().plugins());
        return plugins;
    }
}
