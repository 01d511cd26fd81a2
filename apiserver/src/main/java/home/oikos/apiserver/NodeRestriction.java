package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.Locale;

/// What a node may not write though its role lets it write the resource: other nodes, pods that do not run on it, its own labels of trust.
final class NodeRestriction implements AdmissionPlugin {
    private static final String RESTRICTED_LABELS = "node-restriction.kubernetes.io/";

    @Override
    public void validate(Admission admission, JsonObject object) {
        var node = NodeAuthorizer.node(admission.user());
        if (node.isEmpty()) return;
        var definition = admission.resource().definition();
        switch (definition.groupVersionResource().qualified()) {
            case "nodes" -> ownNode(admission, node, object);
            case "pods" -> ownPod(admission, node, object);
            case "leases.coordination.k8s.io" -> ownLease(admission, node);
            default -> { }
        }
    }

    private static void ownNode(Admission admission, String node, JsonObject object) {
        if (!admission.name().equals(node)) throw refused(admission, "node \"%s\" is not allowed to modify node \"%s\"".formatted(node,
                admission.name()));
        var labels = object.at("metadata", "labels").object();
        var before = admission.old() == null ? JsonObject.EMPTY : admission.old().at("metadata", "labels").object();
        for (var name : labels.names()) {
            var isTrust = name.startsWith(RESTRICTED_LABELS) || name.contains("." + RESTRICTED_LABELS);
            if (isTrust && !labels.at(name).equals(before.at(name))) throw refused(admission, "is not allowed to modify labels: " + name);
        }
        if (admission.old() != null && admission.subresource().isEmpty() && !taints(object).equals(taints(admission.old()))) {
            throw refused(admission, "node \"%s\" is not allowed to modify taints".formatted(node));
        }
    }

    private static Json taints(JsonObject node) {
        return node.at("spec", "taints");
    }

    /// A node deletes and reports on what runs on it, evicts it, and makes nothing but mirrors of what it runs by itself.
    private static void ownPod(Admission admission, String node, JsonObject pod) {
        var judged = admission.old() != null ? admission.old() : pod;
        if (admission.operation() == Operation.CREATE && admission.subresource().isEmpty()) {
            if (!isMirror(pod)) throw refused(admission,
                    "pod does not have \"kubernetes.io/config.mirror\" annotation, node \"%s\" can only create mirror pods".formatted(node));
            for (var volume : pod.at("spec", "volumes").array()) {
                if (volume.at("secret").isPresent() || volume.at("configMap").isPresent() || volume.at("projected").isPresent()) {
                    throw refused(admission, "node \"%s\" can not create pods that reference secrets or configmaps".formatted(node));
                }
            }
        }
        if (!judged.at("spec", "nodeName").text("").equals(node)) {
            throw refused(admission, "node \"%s\" can only %s pods with spec.nodeName set to itself".formatted(node,
                    admission.operation().name().toLowerCase(Locale.ROOT)));
        }
    }

    private static boolean isMirror(JsonObject pod) {
        return pod.at("metadata", "annotations", "kubernetes.io/config.mirror").isPresent();
    }

    private static void ownLease(Admission admission, String node) {
        if (admission.namespace().equals("kube-node-lease") && admission.name().equals(node)) return;
        throw refused(admission, "can only access node lease with the same name as the requesting node");
    }

    private static ApiException refused(Admission admission, String why) {
        return new ApiException(ApiStatus.forbidden(admission.resource().definition().groupVersionResource(), admission.name(), why));
    }
}
