package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.Quantity;
import home.oikos.store.Store;
import java.util.ArrayList;
import java.util.List;

/// Gives containers the requests and limits that a LimitRange of their namespace has as default, and refuses pods and claims that leave
/// its bounds.
final class LimitRanger implements AdmissionPlugin {
    private final Store store;

    LimitRanger(Store store) {
        this.store = store;
    }

    @Override
    public JsonObject mutate(Admission admission, JsonObject object) {
        if (!concerns(admission, "pods", Operation.CREATE)) return object;
        var pod = object;
        for (var range : ranges(admission.namespace())) pod = defaulted(pod, range);
        return pod;
    }

    private static boolean concerns(Admission admission, String kind, Operation operation) {
        return admission.operation() == operation && admission.subresource().isEmpty()
                && admission.resource().definition().groupVersionResource().qualified().equals(kind);
    }

    private List<JsonObject> ranges(String namespace) {
        var prefix = Resource.prefix("", "limitranges") + namespace + "/";
        var found = new ArrayList<JsonObject>();
        store.snapshot().range(prefix, prefix, entry -> found.add(ObjectBytes.tree(entry)));
        return found;
    }

    private static JsonObject defaulted(JsonObject pod, JsonObject range) {
        var set = new ArrayList<String>();
        var spec = pod.at("spec").object();
        for (var limit : range.at("spec", "limits").array()) {
            if (!limit.at("type").text("").equals("Container")) continue;
            for (var list : List.of("initContainers", "containers")) {
                spec = Absent.each(spec, list, container -> completed(container, limit, list, set));
            }
        }
        var changed = pod.with("spec", spec);
        return set.isEmpty() ? changed : changed.withAt("LimitRanger plugin set: " + String.join("; ", set), "metadata", "annotations",
                "kubernetes.io/limit-ranger");
    }

    private static JsonObject completed(JsonObject container, Json limit, String list, List<String> set) {
        var resources = container.at("resources").object();
        var told = new ArrayList<String>();
        resources = added(resources, "requests", limit.at("defaultRequest").object(), told);
        resources = added(resources, "limits", limit.at("default").object(), told);
        if (told.isEmpty()) return container;
        var which = list.equals("initContainers") ? "init container " : "container ";
        for (var verb : List.of("request", "limit")) {
            var names = told.stream().filter(t -> t.startsWith(verb)).map(t -> t.substring(t.indexOf(' ') + 1)).toList();
            if (!names.isEmpty()) set.add(String.join(", ", names) + " " + verb + " for " + which + container.at("name").text(""));
        }
        return container.with("resources", resources);
    }

    private static JsonObject added(JsonObject resources, String member, JsonObject defaults, List<String> told) {
        var given = resources.at(member).object();
        var names = defaults.names().stream().filter(n -> !given.has(n)).sorted().toList();
        var completed = given;
        for (var name : names) {
            completed = completed.with(name, defaults.at(name));
            told.add(member + " " + name);
        }
        return names.isEmpty() ? resources : resources.with(member, completed);
    }

    @Override
    public void validate(Admission admission, JsonObject object) {
        boolean pod = concerns(admission, "pods", Operation.CREATE) || admission.subresource().equals("resize");
        boolean claim = concerns(admission, "persistentvolumeclaims", Operation.CREATE)
                || concerns(admission, "persistentvolumeclaims", Operation.UPDATE);
        if (!pod && !claim) return;
        var problems = new ArrayList<String>();
        for (var range : ranges(admission.namespace())) {
            for (var limit : range.at("spec", "limits").array()) check(object, LimitBounds.of(limit), pod, problems);
        }
        if (problems.isEmpty()) return;
        var told = problems.size() == 1 ? problems.getFirst() : "[" + String.join(", ", problems) + "]";
        throw new ApiException(ApiStatus.forbidden(admission.resource().definition().groupVersionResource(), admission.name(), told));
    }

    private static void check(JsonObject object, LimitBounds bounds, boolean pod, List<String> problems) {
        switch (bounds.type()) {
            case "Container" -> {
                if (!pod) return;
                for (var list : List.of("initContainers", "containers")) {
                    for (var container : object.at("spec", list).array()) bounds.check(container.at("resources"), problems);
                }
            }
            case "Pod" -> {
                if (pod) bounds.check(PodTotals.resources(object.at("spec")), problems);
            }
            case "PersistentVolumeClaim" -> {
                if (!pod) bounds.check(JsonObject.of("requests", object.at("spec", "resources", "requests"), "limits",
                        object.at("spec", "resources", "requests")), problems);
            }
            default -> { }
        }
    }

    /// A quantity that may be absent.
    static Quantity quantity(Json resources, String member, String name) {
        return Quantity.of(resources.at(member, name)).orElse(null);
    }
}
