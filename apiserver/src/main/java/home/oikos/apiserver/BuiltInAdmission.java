package home.oikos.apiserver;

import home.oikos.store.Store;
import java.util.List;

/// The admission plugins of a home, in the order in which they run.
final class BuiltInAdmission {
    private BuiltInAdmission() { }

    static List<AdmissionPlugin> plugins(Store store, Resources resources, ApiServerOptions options) {
        return List.of(new NamespaceLifecycle(store));
    }
}
