package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.controller.Reference;

/// Makes pods from a template.
final class PodTemplate {
    private PodTemplate() { }

    /// A pod of that template: its labels, annotations and finalizers, owned by that controller.
    static JsonObject pod(Json template, Reference owner, String name, String generateName) {
        var from = template.at("metadata");
        var metadata = JsonObject.of("name", name, "generateName", generateName.isEmpty() ? null : generateName,
                "namespace", owner.key().namespace(), "ownerReferences", java.util.List.of(owner.controllerReference()));
        for (var part : new String[] {"labels", "annotations", "finalizers"}) {
            if (from.at(part).isPresent()) metadata = metadata.with(part, from.at(part));
        }
        return JsonObject.of("apiVersion", "v1", "kind", "Pod", "metadata", metadata, "spec", template.at("spec"));
    }
}
