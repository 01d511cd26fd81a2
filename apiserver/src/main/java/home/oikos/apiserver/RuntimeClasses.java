package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.GroupVersion;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.store.Store;
import java.util.LinkedHashMap;
import java.util.Optional;

/// A pod that names a RuntimeClass takes what running under it costs, and where it may run, from there. One that is not there, and a pod that
/// says something else of its cost, are refused.
final class RuntimeClasses implements AdmissionPlugin {
    private final Store store;

    RuntimeClasses(Store store) {
        this.store = store;
    }

    @Override
    public JsonObject mutate(Admission admission, JsonObject object) {
        if (!isNewPod(admission)) return object;
        var runtime = named(admission, object);
        if (runtime.isEmpty()) return object;
        var overhead = runtime.get().at("overhead", "podFixed");
        var told = object.at("spec", "overhead");
        if (overhead.isPresent() && told.isPresent() && !told.equals(overhead)) {
            throw forbidden(admission, "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
        }
        var pod = overhead.isPresent() ? object.withAt(overhead, "spec", "overhead") : object;
        return placed(admission, pod, runtime.get().at("scheduling"));
    }

    @Override
    public void validate(Admission admission, JsonObject object) {
        if (!isNewPod(admission)) return;
        var overhead = object.at("spec", "overhead");
        var defined = named(admission, object).map(runtime -> runtime.at("overhead", "podFixed")).filter(Json::isPresent);
        if (overhead.isPresent() && defined.isEmpty()) {
            throw forbidden(admission, "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead");
        }
    }

    private static boolean isNewPod(Admission admission) {
        return admission.operation() == Operation.CREATE && admission.subresource().isEmpty()
                && admission.resource().definition().groupVersionResource().equals(GroupVersion.CORE.resource("pods"));
    }

    private Optional<JsonObject> named(Admission admission, JsonObject pod) {
        var name = pod.at("spec", "runtimeClassName").text("");
        if (name.isEmpty()) return Optional.empty();
        var found = store.snapshot().get(Resource.prefix("node.k8s.io", "runtimeclasses") + name).map(ObjectBytes::tree);
        if (found.isEmpty()) throw forbidden(admission, "pod rejected: RuntimeClass \"" + name + "\" not found");
        return found;
    }

    private static JsonObject placed(Admission admission, JsonObject pod, Json scheduling) {
        var selector = new LinkedHashMap<>(scheduling.at("nodeSelector").object().members());
        pod.at("spec", "nodeSelector").object().members().forEach((label, value) -> {
            var before = selector.put(label, value);
            if (before != null && !before.equals(value)) {
                throw forbidden(admission, "conflict: runtimeClass.scheduling.nodeSelector[" + label + "] = " + before.text("") + "; pod.spec.nodeSelector["
                        + label + "] = " + value.text(""));
            }
        });
        var placed = selector.isEmpty() ? pod : pod.withAt(JsonObject.copyOf(selector), "spec", "nodeSelector");
        var tolerations = placed.at("spec", "tolerations").array();
        for (var toleration : scheduling.at("tolerations").array()) {
            if (!tolerations.elements().contains(toleration)) tolerations = tolerations.with(toleration);
        }
        return tolerations.isEmpty() ? placed : placed.withAt(tolerations, "spec", "tolerations");
    }

    private static ApiException forbidden(Admission admission, String words) {
        return new ApiException(ApiStatus.forbidden(GroupVersion.CORE.resource("pods"), admission.name(), words));
    }
}
