package home.oikos.workloads;

import home.oikos.api.JsonObject;
import home.oikos.client.Resources;
import java.util.List;

/// Makes the ReplicaSet of a Deployment's current template: the same template with the hash as a label, and a selector that asks for it.
final class NewReplicaSet {
    private NewReplicaSet() { }

    static JsonObject of(Deployment deployment, String name, RolloutStep.Create step) {
        var template = deployment.template().object().withAt(step.hash(), "metadata", "labels", Revisions.HASH_LABEL);
        var selector = deployment.selectorJson().object().withAt(step.hash(), "matchLabels", Revisions.HASH_LABEL);
        var metadata = JsonObject.of("name", name, "namespace", deployment.metadata().key().namespace(),
                "labels", template.at("metadata", "labels"), "annotations", step.annotations(),
                "ownerReferences", List.of(deployment.reference().controllerReference()));
        var spec = JsonObject.of("replicas", step.replicas(), "selector", selector, "template", template,
                "minReadySeconds", deployment.minReady().isZero() ? null : Integer.valueOf((int) deployment.minReady().toSeconds()));
        return JsonObject.of("apiVersion", Resources.REPLICA_SETS.apiVersion(), "kind", "ReplicaSet", "metadata", metadata, "spec", spec);
    }
}
