package home.oikos.apiserver;

import home.oikos.api.GroupVersion;
import home.oikos.api.JsonObject;

/// A new node gets no pods before it has said that it is ready (TaintNodesByCondition); a controller takes the taint away then.
final class NewNodeTaint implements AdmissionPlugin {
    private static final JsonObject TAINT = JsonObject.of("key", "node.kubernetes.io/not-ready", "effect", "NoSchedule");

    @Override
    public JsonObject mutate(Admission admission, JsonObject object) {
        var created = admission.operation() == Operation.CREATE && admission.subresource().isEmpty();
        var resource = admission.resource().definition().groupVersionResource();
        if (!created || !resource.equals(GroupVersion.CORE.resource("nodes"))) return object;
        var taints = object.at("spec", "taints").array();
        var known = taints.stream().anyMatch(t -> t.at("key").equals(TAINT.at("key")) && t.at("effect").equals(TAINT.at("effect")));
        return known ? object : object.withAt(taints.with(TAINT), "spec", "taints");
    }
}
