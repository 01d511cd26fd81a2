package home.oikos.apiserver;

import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.Map;

/// Volumes and claims stay until nothing uses them any more (StorageObjectInUseProtection): a controller takes the finalizer away then.
final class InUseProtection implements AdmissionPlugin {
    private static final Map<String, String> FINALIZERS = Map.of("persistentvolumes", "kubernetes.io/pv-protection",
            "persistentvolumeclaims", "kubernetes.io/pvc-protection");

    @Override
    public JsonObject mutate(Admission admission, JsonObject object) {
        if (admission.operation() != Operation.CREATE || !admission.subresource().isEmpty()) return object;
        var finalizer = FINALIZERS.get(admission.resource().definition().groupVersionResource().qualified());
        var known = object.at("metadata", "finalizers").array();
        if (finalizer == null || known.elements().containsAll(JsonArray.of(finalizer).elements())) return object;
        return object.withAt(known.with(home.oikos.api.Json.of(finalizer)), "metadata", "finalizers");
    }
}
