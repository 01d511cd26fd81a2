package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.List;
import java.util.Set;

/// What a write through `pods/resize` may do: change how much CPU and memory containers ask for and may have, while they run.
final class PodResize {
    private static final List<String> LISTS = List.of("initContainers", "containers");
    private static final List<String> AMOUNTS = List.of("requests", "limits");
    private static final Set<String> RESIZABLE = Set.of("cpu", "memory");
    private static final String ONLY = "only cpu and memory resources are mutable";

    private PodResize() { }

    /// The pod as it was, with the amounts and resize policies of another version of it. Containers that are others by name or number stay
    /// so, for the validation to refuse them.
    static JsonObject of(JsonObject object, JsonObject old) {
        var metadata = object.at("metadata").object();
        for (var kept : List.of("labels", "annotations", "finalizers", "ownerReferences")) {
            metadata = old.at("metadata", kept).isPresent() ? metadata.with(kept, old.at("metadata", kept)) : metadata.without(kept);
        }
        var pod = old.with("metadata", metadata);
        for (var list : LISTS) {
            var containers = object.at("spec", list);
            if (containers.isPresent()) pod = pod.withAt(merged(containers.array(), old.at("spec", list).array()), "spec", list);
        }
        return pod;
    }

    private static JsonArray merged(JsonArray containers, JsonArray before) {
        if (!names(containers).equals(names(before))) return containers;
        var merged = JsonArray.EMPTY;
        for (int i = 0; i < before.size(); i++) {
            var container = before.at(i).object();
            for (var field : List.of("resources", "resizePolicy")) {
                var value = containers.at(i).at(field);
                container = value.isPresent() ? container.with(field, value) : container.without(field);
            }
            merged = merged.with(container);
        }
        return merged;
    }

    private static List<String> names(JsonArray containers) {
        return containers.stream().map(container -> container.at("name").text("")).toList();
    }

    static void check(JsonObject object, JsonObject old, List<FieldError> errors) {
        var classBefore = old.at("status", "qosClass").text(QosClass.of(old.at("spec").object()));
        if (!classBefore.equals(QosClass.of(PodDefaults.pod(object.at("spec").object())))) {
            errors.add(FieldError.invalid("spec", classBefore, "Pod QOS Class may not change as a result of resizing"));
        }
        if (!isSupported(old)) errors.add(FieldError.forbidden("spec", "Pod running on node without support for resize"));
        if (!sameContainers(object.at("spec"), old.at("spec"), errors)) return;
        for (var list : LISTS) {
            for (int i = 0; i < old.at("spec", list).array().size(); i++) {
                container(object.at("spec", list).at(i).object(), old.at("spec", list).at(i).object(), list, i, errors);
            }
        }
    }

    /// Whether the node that runs it tells what it gave: one that does not cannot be told to change it.
    private static boolean isSupported(Json pod) {
        return pod.at("status", "containerStatuses").array().stream().filter(status -> status.at("state", "running").isPresent())
                .findFirst().filter(running -> running.at("resources").isNull()).isEmpty();
    }

    private static boolean sameContainers(Json spec, Json before, List<FieldError> errors) {
        int known = errors.size();
        for (var list : LISTS) {
            var names = names(spec.at(list).array());
            var namesBefore = names(before.at(list).array());
            if (names.size() != namesBefore.size()) {
                errors.add(FieldError.forbidden("spec." + list, list + " may not be added or removed on resize"));
                continue;
            }
            for (int i = 0; i < names.size(); i++) {
                if (!names.get(i).equals(namesBefore.get(i))) errors.add(FieldError.forbidden("spec." + list + "[" + i + "].name",
                        "containers may not be renamed or reordered on resize"));
            }
        }
        return errors.size() == known;
    }

    private static void container(JsonObject container, JsonObject old, String list, int index, List<FieldError> errors) {
        var at = "spec." + list + "[" + index + "]";
        for (var amounts : AMOUNTS) {
            var now = container.at("resources", amounts).object().names();
            if (!now.containsAll(old.at("resources", amounts).object().names())) errors.add(FieldError.forbidden(at + ".resources."
                    + amounts, "resource " + amounts + " cannot be removed"));
        }
        boolean init = list.equals("initContainers");
        if (!withoutAmounts(container).equals(withoutAmounts(old))) errors.add(FieldError.forbidden(init ? at : "spec",
                init ? "only cpu and memory resources for init or sidecar containers are mutable" : ONLY));
        boolean sidecar = container.at("restartPolicy").text("").equals("Always");
        if (init && !sidecar && !container.equals(old) && restarts(container)) errors.add(FieldError.forbidden(at,
                "non-sidecar init containers with a resize policy of RestartContainer cannot be resized"));
    }

    private static boolean restarts(Json container) {
        return container.at("resizePolicy").array().stream().anyMatch(p -> p.at("restartPolicy").text("").equals("RestartContainer"));
    }

    /// A container without what may change of it.
    private static JsonObject withoutAmounts(JsonObject container) {
        var resources = container.at("resources").object();
        for (var amounts : AMOUNTS) {
            var kept = resources.at(amounts).object();
            for (var name : RESIZABLE) kept = kept.without(name);
            resources = kept.isEmpty() ? resources.without(amounts) : resources.with(amounts, kept);
        }
        return resources.isEmpty() ? container.without("resources") : container.with("resources", resources);
    }
}
