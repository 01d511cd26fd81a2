package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.GroupVersion;
import home.oikos.api.GroupVersionResource;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.StatusCause;
import home.oikos.store.Entry;
import home.oikos.store.Store;
import java.util.List;
import java.util.Set;

/// Nothing is created in a namespace that is not there or is going, and the namespaces that a cluster cannot do without stay.
final class NamespaceLifecycle implements AdmissionPlugin {
    private static final Set<String> LASTING = Set.of("default", "kube-system", "kube-public");
    private static final GroupVersionResource NAMESPACES = GroupVersion.CORE.resource("namespaces");

    private final Store store;

    NamespaceLifecycle(Store store) {
        this.store = store;
    }

    @Override
    public JsonObject mutate(Admission admission, JsonObject object) {
        if (admission.operation() == Operation.CREATE && admission.resource().definition().namespaced()
                && admission.subresource().isEmpty()) checkOpen(admission);
        if (admission.operation() == Operation.DELETE && isNamespaces(admission.resource()) && LASTING.contains(admission.name())) {
            throw new ApiException(ApiStatus.forbidden(NAMESPACES, admission.name(), "this namespace may not be deleted"));
        }
        return object;
    }

    private static boolean isNamespaces(Resource resource) {
        return resource.definition().groupVersionResource().equals(NAMESPACES);
    }

    private void checkOpen(Admission admission) {
        var namespace = admission.namespace();
        var entry = store.snapshot().get(Resource.prefix("", "namespaces") + namespace)
                .orElseThrow(() -> new ApiException(ApiStatus.notFound(NAMESPACES, namespace)));
        if (!isTerminating(entry)) return;
        var resource = admission.resource().definition().groupVersionResource();
        var status = ApiStatus.forbidden(resource, admission.name(),
                "unable to create new content in namespace %s because it is being terminated".formatted(namespace));
        var cause = new StatusCause("NamespaceTerminating", "namespace %s is being terminated".formatted(namespace), "metadata.namespace");
        throw new ApiException(ApiStatus.failure(status.reason(), status.message(),
                status.details().orElseThrow().withCauses(List.of(cause))));
    }

    private static boolean isTerminating(Entry entry) {
        if (entry.attachment().content() instanceof Selectable known) return known.fields().getOrDefault("status.phase", "")
                .equals("Terminating");
        return Json.parse(entry.value()).at("status", "phase").text("").equals("Terminating");
    }
}
