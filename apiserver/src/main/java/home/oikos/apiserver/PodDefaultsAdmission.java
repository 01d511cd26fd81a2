package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.GroupVersion;
import home.oikos.api.GroupVersionResource;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.store.Store;
import java.util.List;

/// What pods get from the cluster: their priority, and five minutes' patience with a node that is away (Priority,
/// DefaultTolerationSeconds).
final class PodDefaultsAdmission implements AdmissionPlugin {
    private static final GroupVersionResource PODS = GroupVersion.CORE.resource("pods");
    private static final List<String> AWAY = List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");
    private static final int PATIENCE_SECONDS = 300;

    private final Store store;

    PodDefaultsAdmission(Store store) {
        this.store = store;
    }

    @Override
    public JsonObject mutate(Admission admission, JsonObject object) {
        if (admission.operation() == Operation.DELETE || !admission.subresource().isEmpty()
                || !admission.resource().definition().groupVersionResource().equals(PODS)) return object;
        var spec = object.at("spec").object();
        if (admission.operation() == Operation.CREATE) spec = prioritized(spec, admission);
        return object.with("spec", patient(spec));
    }

    private static JsonObject patient(JsonObject spec) {
        var tolerations = spec.at("tolerations").array();
        for (var taint : AWAY) {
            if (!tolerates(tolerations, taint)) {
                tolerations = tolerations.with(JsonObject.of("key", taint, "operator", "Exists", "effect", "NoExecute", "tolerationSeconds",
                        PATIENCE_SECONDS));
            }
        }
        return tolerations.isEmpty() ? spec : spec.with("tolerations", tolerations);
    }

    private static boolean tolerates(JsonArray tolerations, String taint) {
        return tolerations.stream().anyMatch(t -> {
            var effect = t.at("effect").text("");
            var key = t.at("key").text("");
            return (effect.isEmpty() || effect.equals("NoExecute")) && (key.isEmpty() || key.equals(taint));
        });
    }

    private JsonObject prioritized(JsonObject spec, Admission admission) {
        var name = spec.at("priorityClassName").text("");
        Json found = name.isEmpty() ? globalDefault() : named(name, admission);
        var set = name.isEmpty() && found.isPresent() ? spec.with("priorityClassName", found.at("metadata", "name")) : spec;
        var priority = found.at("value").integer(0L);
        if (set.at("priority").isPresent() && set.at("priority").integer(0L) != priority) {
            throw new ApiException(ApiStatus.forbidden(PODS, admission.name(),
                    "the integer value of priority (%d) must not be provided in pod spec; priority admission controller computed %d "
                            + "from the given PriorityClass name"
                            .formatted(set.at("priority").integer(0L), priority)));
        }
        return Absent.set(set.with("priority", priority), "preemptionPolicy", found.at("preemptionPolicy").text("PreemptLowerPriority"));
    }

    private Json named(String name, Admission admission) {
        return store.snapshot().get(Resource.prefix("scheduling.k8s.io", "priorityclasses") + name).map(e -> (Json) ObjectBytes.tree(e))
                .orElseThrow(() -> new ApiException(ApiStatus.forbidden(PODS, admission.name(),
                        "no PriorityClass with name %s was found".formatted(name))));
    }

    /// The lowest of those that say they are the default; mostly there is none.
    private Json globalDefault() {
        var prefix = Resource.prefix("scheduling.k8s.io", "priorityclasses");
        var found = new Json[] {Json.NULL};
        store.snapshot().range(prefix, prefix, entry -> {
            var priorityClass = ObjectBytes.tree(entry);
            if (priorityClass.at("globalDefault").bool(false)
                    && (found[0].isNull() || priorityClass.at("value").integer(0L) < found[0].at("value").integer(0L))) found[0] =
                            priorityClass;
            return true;
        });
        return found[0];
    }
}
