package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.store.Store;

/// Gives claims and Ingresses that name no class the one that is marked as default (DefaultStorageClass, DefaultIngressClass).
final class DefaultClassAdmission implements AdmissionPlugin {
    private final Store store;

    DefaultClassAdmission(Store store) {
        this.store = store;
    }

    @Override
    public JsonObject mutate(Admission admission, JsonObject object) {
        if (admission.operation() != Operation.CREATE || !admission.subresource().isEmpty()) return object;
        return switch (admission.resource().definition().groupVersionResource().qualified()) {
            case "persistentvolumeclaims" -> object.at("metadata", "annotations", "volume.beta.kubernetes.io/storage-class").isPresent()
                    ? object : classed(object, "storageClassName", Resource.prefix("storage.k8s.io", "storageclasses"),
                            "storageclass.kubernetes.io/is-default-class");
            case "ingresses.networking.k8s.io" -> object.at("metadata", "annotations", "kubernetes.io/ingress.class").isPresent()
                    ? object : classed(object, "ingressClassName", Resource.prefix("networking.k8s.io", "ingressclasses"),
                            "ingressclass.kubernetes.io/is-default-class");
            default -> object;
        };
    }

    /// An empty name is a choice too: no class.
    private JsonObject classed(JsonObject object, String field, String classes, String mark) {
        if (object.at("spec", field).isPresent()) return object;
        var name = defaultClass(classes, mark);
        return name.isEmpty() ? object : object.withAt(name, "spec", field);
    }

    /// Of several, the newest, and of these the first by name.
    private String defaultClass(String prefix, String mark) {
        var found = new Json[] {Json.NULL};
        store.snapshot().range(prefix, prefix, entry -> {
            var candidate = ObjectBytes.tree(entry);
            var marked = candidate.at("metadata", "annotations", mark).text("").equals("true");
            if (marked && (found[0].isNull() || created(candidate).compareTo(created(found[0])) > 0)) found[0] = candidate;
            return true;
        });
        return found[0].at("metadata", "name").text("");
    }

    private static String created(Json object) {
        return object.at("metadata", "creationTimestamp").text("");
    }
}
