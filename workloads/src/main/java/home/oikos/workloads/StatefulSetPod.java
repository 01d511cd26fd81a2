package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// Makes the pods of a StatefulSet and their claims: each has a name, a host name and storage that stay its own.
final class StatefulSetPod {
    private StatefulSetPod() { }

    static JsonObject of(StatefulSet set, TemplateRevision revision, int ordinal) {
        var name = set.metadata().name() + "-" + ordinal;
        var labels = revision.template().at("metadata", "labels").object().with("statefulset.kubernetes.io/pod-name", name)
                .with("apps.kubernetes.io/pod-index", String.valueOf(ordinal)).with(TemplateRevision.HASH_LABEL, revision.metadata().name());
        var pod = PodTemplate.pod(revision.template(), set.reference(), name, set.metadata().name() + "-")
                .withAt(labels, "metadata", "labels").withAt(name, "spec", "hostname").withAt(set.serviceName(), "spec", "subdomain");
        return set.claimTemplates().array().isEmpty() ? pod : pod.withAt(volumes(set, pod, name), "spec", "volumes");
    }

    private static JsonArray volumes(StatefulSet set, Json pod, String name) {
        var volumes = new ArrayList<Json>();
        for (var claim : set.claimTemplates().array()) {
            var volume = claim.at("metadata", "name").text("");
            volumes.add(JsonObject.of("name", volume,
                    "persistentVolumeClaim", JsonObject.of("claimName", volume + "-" + name, "readOnly", null)));
        }
        var own = volumes.stream().map(volume -> volume.at("name").text("")).toList();
        for (var volume : pod.at("spec", "volumes").array()) if (!own.contains(volume.at("name").text(""))) volumes.add(volume);
        return new JsonArray(volumes);
    }

    /// The claims of one pod. They outlive it, and the set.
    static List<JsonObject> claims(StatefulSet set, int ordinal) {
        var claims = new ArrayList<JsonObject>();
        for (var template : set.claimTemplates().array()) {
            var name = template.at("metadata", "name").text("") + "-" + set.metadata().name() + "-" + ordinal;
            var labels = set.template().at("metadata", "labels").object().withAll(template.at("metadata", "labels").object());
            var metadata = template.at("metadata").object().with("name", name).with("namespace", set.metadata().key().namespace())
                    .with("labels", labels);
            claims.add(JsonObject.of("apiVersion", "v1", "kind", "PersistentVolumeClaim", "metadata", metadata, "spec",
                    template.at("spec")));
        }
        return claims;
    }
}
