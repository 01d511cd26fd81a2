package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.GroupVersion;
import home.oikos.api.GroupVersionKind;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.Reason;
import home.oikos.api.StatusCause;
import home.oikos.api.StatusDetails;
import home.oikos.http.Request;
import home.oikos.http.Response;
import home.oikos.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;

/// `pods/eviction`: a deletion that asks the disruption budgets first.
final class EvictionHandler implements SubresourceHandler {
    private static final GroupVersionKind EVICTION = new GroupVersion("policy", "v1").kind("Eviction");
    private static final Condition DISRUPTED = new Condition("DisruptionTarget", "True", "EvictionByEvictionAPI", "Eviction API: evicting");
    private static final Set<String> UNPROTECTED = Set.of("Succeeded", "Failed", "Pending");

    private final Store store;
    private final Resources resources;
    private final Registry registry;
    private final Deleter deleter;
    private final Decoder decoder;
    private final Metadata metadata;

    EvictionHandler(Store store, Resources resources, Registry registry, Deleter deleter, Decoder decoder, Metadata metadata) {
        this.store = store;
        this.resources = resources;
        this.registry = registry;
        this.deleter = deleter;
        this.decoder = decoder;
        this.metadata = metadata;
    }

    @Override
    public void handle(Request request, Response response, Resource resource, ApiCall call) throws Exception {
        var write = WriteCall.of(resource, call, WriteHandlers.user(request), WriteOptions.read(request, "CreateOptions"));
        var eviction = decoder.read(request, write, BodyKind.builtIn(EVICTION));
        if (!eviction.at("metadata", "name").text("").equals(call.name())) {
            throw new ApiException(Reason.BAD_REQUEST, "name in URL does not match name in Eviction object");
        }
        var options = DeleteOptions.of(eviction.at("deleteOptions").object());
        var dry = options.dryRun() || write.options().dryRun();
        var entry = registry.find(resource, call.namespace(), call.name()).orElseThrow(() -> Reader.notFound(resource, call.name()));
        var pod = ObjectBytes.tree(entry);
        if (!UNPROTECTED.contains(pod.at("status", "phase").text("")) && !Metadata.isBeingDeleted(pod)) spend(pod, write, dry);
        if (isMeant(pod, options)) mark(write, dry);
        deleter.delete(write.through("", WriteOptions.own(dry, "")), dry ? options.withDryRun() : options);
        Answers.status(request, response, BindingHandler.created());
    }

    /// With a resourceVersion the caller deletes what it has seen or nothing, and a mark would be another version.
    private static boolean isMeant(JsonObject pod, DeleteOptions options) {
        var uid = pod.at("metadata", "uid").text("");
        return !Metadata.isBeingDeleted(pod) && options.resourceVersion().isEmpty() && options.uid().filter(wanted -> !wanted.equals(uid)).isEmpty();
    }

    /// Says why it ends: a Job may not count that as a failure (`podFailurePolicy`).
    private void mark(WriteCall write, boolean dry) throws IOException {
        registry.update(write.through("status", WriteOptions.own(dry, "oikos-apiserver")),
                pod -> DISRUPTED.on(pod.with("metadata", Metadata.of(pod).without("resourceVersion")), metadata.now()));
    }

    /// Takes one disruption from the budget that covers the pod.
    private void spend(JsonObject pod, WriteCall write, boolean dry) throws IOException {
        var budgets = budgets(pod, write.namespace());
        if (budgets.size() > 1) throw new ApiException(ApiStatus.internalError("This pod has more than one PodDisruptionBudget, which "
                + "the eviction subresource does not support."));
        if (budgets.isEmpty()) return;
        var name = budgets.getFirst().at("metadata", "name").text("");
        var resource = resources.find(new GroupVersion("policy", "v1"), "poddisruptionbudgets").orElseThrow();
        var budget = new WriteCall(resource, write.namespace(), name, "status", write.user(),
                WriteOptions.own(dry, "oikos-apiserver"), new ArrayList<>());
        registry.update(budget, old -> spent(old, pod, name));
    }

    private JsonObject spent(JsonObject budget, JsonObject pod, String name) {
        var status = budget.at("status");
        long allowed = status.at("disruptionsAllowed").integer(0L);
        if (allowed < 1) {
            var cause = new StatusCause("DisruptionBudget",
                    "The disruption budget %s needs %d healthy pods and has %d currently".formatted(name,
                    status.at("desiredHealthy").integer(0L), status.at("currentHealthy").integer(0L)), "");
            throw new ApiException(ApiStatus.failure(Reason.TOO_MANY_REQUESTS,
                    "Cannot evict pod as it would violate the pod's disruption budget.",
                    StatusDetails.EMPTY.withCauses(List.of(cause))));
        }
        var plain = budget.with("metadata", Metadata.of(budget).without("resourceVersion"));
        return plain.withAt(allowed - 1, "status", "disruptionsAllowed")
                .withAt(metadata.now().toString(), "status", "disruptedPods", pod.at("metadata", "name").text(""));
    }

    private List<JsonObject> budgets(JsonObject pod, String namespace) {
        var labels = new HashMap<String, String>();
        pod.at("metadata", "labels").object().members().forEach((key, value) -> labels.put(key, value.text("")));
        var prefix = Resource.prefix("policy", "poddisruptionbudgets") + namespace + "/";
        var found = new ArrayList<JsonObject>();
        store.snapshot().range(prefix, prefix, entry -> {
            var budget = ObjectBytes.tree(entry);
            Json selector = budget.at("spec", "selector");
            if (selector.isPresent() && LabelSelector.of(selector).matches(labels)) found.add(budget);
            return true;
        });
        return found;
    }
}
