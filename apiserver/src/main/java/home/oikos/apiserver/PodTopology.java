package home.oikos.apiserver;

import home.oikos.api.GroupVersion;
import home.oikos.api.JsonObject;
import home.oikos.store.Store;
import java.util.List;

/// A pod takes the zone and region of the node it is created on or bound to as labels of its own (PodTopologyLabels), so that who looks at
/// the pod need not look at the node.
final class PodTopology implements AdmissionPlugin {
    private static final List<String> LABELS = List.of("topology.kubernetes.io/region", "topology.kubernetes.io/zone");

    private final Store store;

    PodTopology(Store store) {
        this.store = store;
    }

    @Override
    public JsonObject mutate(Admission admission, JsonObject object) {
        var created = admission.operation() == Operation.CREATE && admission.subresource().isEmpty();
        var node = object.at("spec", "nodeName").text("");
        if (!created && !admission.subresource().equals("binding") || node.isEmpty() || !isPods(admission)) return object;
        return store.snapshot().get(Resource.prefix("", "nodes") + node)
                .map(entry -> labelled(object, ObjectBytes.tree(entry).at("metadata", "labels").object())).orElse(object);
    }

    private static boolean isPods(Admission admission) {
        return admission.resource().definition().groupVersionResource().equals(GroupVersion.CORE.resource("pods"));
    }

    private static JsonObject labelled(JsonObject pod, JsonObject node) {
        var labelled = pod;
        for (var label : LABELS) if (node.has(label)) labelled = labelled.withAt(node.at(label), "metadata", "labels", label);
        return labelled;
    }
}
