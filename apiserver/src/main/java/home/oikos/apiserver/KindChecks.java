package home.oikos.apiserver;

import home.oikos.api.JsonObject;

/// What each built-in kind demands beyond its schema, by qualified resource. A switch, so that the checks of a kind are loaded with the
/// first object of it. The order of the errors is upstream's, and so is what an update checks anew.
final class KindChecks {
    private KindChecks() { }

    /// Checks a new object.
    static void object(String resource, JsonObject object, FieldErrors errors) {
        switch (resource) {
            case "deployments.apps" -> WorkloadChecks.deployment(object.at("spec"), errors);
            case "replicasets.apps" -> WorkloadChecks.replicaSet(object.at("spec"), errors);
            case "daemonsets.apps" -> DaemonSetChecks.check(object.at("spec"), errors);
            case "statefulsets.apps" -> StatefulSetChecks.check(object.at("spec"), errors);
            case "replicationcontrollers" -> WorkloadChecks.replicationController(object.at("spec"), errors);
            case "podtemplates" -> PodSpecChecks.template(object.at("template"), "template", errors);
            case "ingresses.networking.k8s.io" -> IngressChecks.check(object, errors);
            case "ingressclasses.networking.k8s.io" -> IngressChecks.ingressClass(object.at("spec"), errors);
            case "networkpolicies.networking.k8s.io" -> NetworkPolicyChecks.check(object.at("spec"), errors);
            case "storageclasses.storage.k8s.io" -> StorageChecks.storageClass(object, errors);
            case "csidrivers.storage.k8s.io" -> StorageChecks.csiDriver(object, errors);
            case "csinodes.storage.k8s.io" -> StorageChecks.csiNode(object.at("spec"), errors);
            case "volumeattachments.storage.k8s.io" -> StorageChecks.attachment(object.at("spec"), errors);
            case "volumeattributesclasses.storage.k8s.io" -> StorageChecks.attributesClass(object, errors);
            case "csistoragecapacities.storage.k8s.io" -> StorageChecks.capacity(object, errors);
            case "endpoints" -> EndpointChecks.endpoints(object, errors);
            case "endpointslices.discovery.k8s.io" -> EndpointChecks.slice(object, errors);
            case "limitranges" -> LimitChecks.range(object.at("spec"), errors);
            case "resourcequotas" -> LimitChecks.quota(object.at("spec"), errors);
            case "poddisruptionbudgets.policy" -> SmallChecks.disruptionBudget(object.at("spec"), errors);
            case "priorityclasses.scheduling.k8s.io" -> SmallChecks.priorityClass(object, errors);
            case "runtimeclasses.node.k8s.io" -> SmallChecks.runtimeClass(object, errors);
            case "controllerrevisions.apps" -> SmallChecks.controllerRevision(object, errors);
            case "persistentvolumes" -> PersistentVolumeChecks.check(object.at("spec"), errors);
            case "persistentvolumeclaims" -> ClaimChecks.check(object.at("spec"), "spec", errors);
            default -> { }
        }
    }

    /// Checks an object after a change.
    static void change(String resource, JsonObject object, JsonObject old, FieldErrors errors) {
        switch (resource) {
            case "deployments.apps", "replicasets.apps" -> {
                object(resource, object, errors);
                errors.immutable("spec.selector", object, old);
            }
            case "daemonsets.apps" -> {
                errors.immutable("spec.selector", object, old);
                object(resource, object, errors);
            }
            case "statefulsets.apps" -> StatefulSetChecks.change(object.at("spec"), old.at("spec"), errors);
            case "ingresses.networking.k8s.io" -> IngressChecks.spec(object.at("spec"), errors);
            case "ingressclasses.networking.k8s.io" -> {
                object(resource, object, errors);
                errors.immutable("spec.controller", object, old);
            }
            case "storageclasses.storage.k8s.io" ->
                    StorageChecks.unchanged(object, old, errors, "parameters", "provisioner", "reclaimPolicy", "volumeBindingMode");
            case "csidrivers.storage.k8s.io" -> {
                object(resource, object, errors);
                StorageChecks.unchanged(object, old, errors, "spec.attachRequired", "spec.fsGroupPolicy", "spec.volumeLifecycleModes");
            }
            case "volumeattachments.storage.k8s.io" -> {
                object(resource, object, errors);
                errors.immutable("spec", object, old);
            }
            case "volumeattributesclasses.storage.k8s.io" -> StorageChecks.unchanged(object, old, errors, "driverName", "parameters");
            case "csistoragecapacities.storage.k8s.io" -> {
                object(resource, object, errors);
                StorageChecks.unchanged(object, old, errors, "nodeTopology", "storageClassName");
            }
            case "endpointslices.discovery.k8s.io" -> {
                object(resource, object, errors);
                errors.immutable("addressType", object, old);
            }
            case "resourcequotas" -> {
                object(resource, object, errors);
                errors.immutable("spec.scopes", object, old);
            }
            case "priorityclasses.scheduling.k8s.io" -> SmallChecks.priorityClassChange(object, old, errors);
            case "runtimeclasses.node.k8s.io" -> errors.immutable("handler", object, old);
            case "controllerrevisions.apps" -> {
                object(resource, object, errors);
                errors.immutable("data", object, old);
            }
            case "persistentvolumes" -> PersistentVolumeChecks.change(object, old, errors);
            case "persistentvolumeclaims" -> ClaimChecks.change(object, old, errors);
            default -> object(resource, object, errors);
        }
    }

    /// Checks an object after a change of its status.
    static void status(String resource, JsonObject object, JsonObject old, FieldErrors errors) {
        switch (resource) {
            case "deployments.apps" -> ReplicaStatusChecks.deployment(object.at("status"), old.at("status"), errors);
            case "replicasets.apps", "replicationcontrollers" -> ReplicaStatusChecks.replicas(object.at("status"), errors);
            case "statefulsets.apps" -> ReplicaStatusChecks.statefulSet(object.at("status"), old.at("status"), errors);
            case "daemonsets.apps" -> ReplicaStatusChecks.daemonSet(object.at("status"), old.at("status"), errors);
            case "poddisruptionbudgets.policy" -> SmallChecks.disruptionStatus(object.at("status"), errors);
            case "resourcequotas" -> {
                LimitChecks.amounts(object.at("status", "hard"), "status.hard", errors);
                LimitChecks.amounts(object.at("status", "used"), "status.used", errors);
            }
            case "ingresses.networking.k8s.io" -> IngressChecks.status(object.at("status"), errors);
            default -> { }
        }
    }
}
