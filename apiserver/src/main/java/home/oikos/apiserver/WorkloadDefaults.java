package home.oikos.apiserver;

import home.oikos.api.JsonObject;
import java.util.Map;
import java.util.function.UnaryOperator;

/// The defaults of kinds that need no rules of their own beside them, by qualified resource.
final class WorkloadDefaults {
    private static final Map<String, UnaryOperator<JsonObject>> BY_RESOURCE = Map.ofEntries(
            Map.entry("podtemplates", o -> Absent.within(o, "template", PodDefaults::template)),
            Map.entry("replicationcontrollers", WorkloadDefaults::replicationController),
            Map.entry("deployments.apps", o -> Absent.within(o, "spec", WorkloadDefaults::deployment)),
            Map.entry("replicasets.apps", o -> Absent.within(o, "spec", s -> template(Absent.set(s, "replicas", 1)))),
            Map.entry("statefulsets.apps", o -> Absent.within(o, "spec", WorkloadDefaults::statefulSet)),
            Map.entry("daemonsets.apps", WorkloadDefaults::daemonSets),
            Map.entry("cronjobs.batch", o -> Absent.within(o, "spec", WorkloadDefaults::cronJob)),
            Map.entry("priorityclasses.scheduling.k8s.io", o -> Absent.set(o, "preemptionPolicy", "PreemptLowerPriority")),
            Map.entry("networkpolicies.networking.k8s.io", o -> Absent.within(o, "spec", WorkloadDefaults::networkPolicy)),
            Map.entry("storageclasses.storage.k8s.io", o -> Absent.set(o, "reclaimPolicy", "Delete", "volumeBindingMode", "Immediate")),
            Map.entry("persistentvolumes", o -> Absent.within(o, "spec", WorkloadDefaults::persistentVolume)),
            Map.entry("persistentvolumeclaims", o -> Absent.within(o, "spec", WorkloadDefaults::claim)),
            Map.entry("ingressclasses.networking.k8s.io",
                    o -> Absent.within(o, "spec", s -> Absent.within(s, "parameters", p -> Absent.set(p, "scope", "Cluster")))),
            Map.entry("endpoints", o -> Absent.each(o, "subsets", s -> Absent.each(s, "ports", p -> Absent.set(p, "protocol", "TCP")))),
            Map.entry("endpointslices.discovery.k8s.io", o -> Absent.each(o, "ports", p -> Absent.set(p, "name", "", "protocol", "TCP"))),
            Map.entry("limitranges", o -> Absent.within(o, "spec", s -> Absent.each(s, "limits", LimitChecks::withDefaults))),
            Map.entry("csidrivers.storage.k8s.io", o -> Absent.within(o, "spec", s -> Absent.set(s, "attachRequired", true,
                    "podInfoOnMount", false, "storageCapacity", false, "fsGroupPolicy", "ReadWriteOnceWithFSType",
                    "volumeLifecycleModes", java.util.List.of("Persistent"), "requiresRepublish", false, "seLinuxMount", false))),
            Map.entry("horizontalpodautoscalers.autoscaling", AutoscalerDefaults::of));

    static final String TEMPLATE_GENERATION = "deprecated.daemonset.template.generation";

    private WorkloadDefaults() { }

    static UnaryOperator<JsonObject> of(String qualifiedResource) {
        return BY_RESOURCE.getOrDefault(qualifiedResource, UnaryOperator.identity());
    }

    private static JsonObject template(JsonObject spec) {
        return Absent.within(spec, "template", PodDefaults::template);
    }

    private static JsonObject replicationController(JsonObject object) {
        var labels = object.at("spec", "template", "metadata", "labels").object();
        var set = Absent.within(object, "spec", s -> template(Absent.set(s, "replicas", 1)));
        if (labels.isEmpty()) return set;
        if (set.at("spec", "selector").object().isEmpty()) set = set.withAt(labels, "spec", "selector");
        return set.at("metadata", "labels").object().isEmpty() ? set.withAt(labels, "metadata", "labels") : set;
    }

    private static JsonObject persistentVolume(JsonObject spec) {
        var set = Absent.set(spec, "persistentVolumeReclaimPolicy", "Retain", "volumeMode", "Filesystem");
        return Absent.within(set, "hostPath", h -> Absent.set(h, "type", ""));
    }

    /// The two ways to name what a volume begins with are kept alike.
    private static JsonObject claim(JsonObject spec) {
        var set = Absent.set(spec, "volumeMode", "Filesystem");
        var source = set.at("dataSource");
        var reference = set.at("dataSourceRef");
        if (source.isPresent() && reference.isNull()) return set.with("dataSourceRef", source);
        var local = reference.isPresent() && reference.at("namespace").isNull();
        return local && source.isNull() ? set.with("dataSource", reference) : set;
    }

    private static JsonObject deployment(JsonObject spec) {
        var set = Absent.set(spec, "replicas", 1, "revisionHistoryLimit", 10, "progressDeadlineSeconds", 600);
        var strategy = Absent.set(set.at("strategy").object(), "type", "RollingUpdate");
        if (strategy.at("type").text("").equals("RollingUpdate")) {
            strategy = strategy.with("rollingUpdate", Absent.set(strategy.at("rollingUpdate").object(), "maxUnavailable", "25%", "maxSurge",
                    "25%"));
        }
        return template(set.with("strategy", strategy));
    }

    private static JsonObject statefulSet(JsonObject spec) {
        var set = Absent.set(spec, "podManagementPolicy", "OrderedReady", "replicas", 1, "revisionHistoryLimit", 10);
        var update = Absent.set(set.at("updateStrategy").object(), "type", "RollingUpdate");
        if (update.at("type").text("").equals("RollingUpdate")) {
            update = update.with("rollingUpdate", Absent.set(update.at("rollingUpdate").object(), "partition", 0));
        }
        var retention = Absent.set(set.at("persistentVolumeClaimRetentionPolicy").object(), "whenDeleted", "Retain", "whenScaled",
                "Retain");
        set = set.with("updateStrategy", update).with("persistentVolumeClaimRetentionPolicy", retention);
        return template(Absent.each(set, "volumeClaimTemplates", WorkloadDefaults::claimTemplate));
    }

    private static JsonObject claimTemplate(JsonObject claim) {
        var typed = Absent.set(claim, "kind", "PersistentVolumeClaim", "apiVersion", "v1");
        var specified = Absent.within(typed, "spec", s -> Absent.set(s, "volumeMode", "Filesystem"));
        return specified.with("status", Absent.set(specified.at("status").object(), "phase", "Pending"));
    }

    private static JsonObject daemonSets(JsonObject object) {
        var annotations = object.at("metadata", "annotations").object();
        return Absent.within(object.withAt(Absent.set(annotations, TEMPLATE_GENERATION, "1"), "metadata", "annotations"), "spec",
                WorkloadDefaults::daemonSet);
    }

    private static JsonObject daemonSet(JsonObject spec) {
        var set = Absent.set(spec, "revisionHistoryLimit", 10);
        var update = Absent.set(set.at("updateStrategy").object(), "type", "RollingUpdate");
        if (update.at("type").text("").equals("RollingUpdate")) {
            update = update.with("rollingUpdate", Absent.set(update.at("rollingUpdate").object(), "maxUnavailable", 1, "maxSurge", 0));
        }
        return template(set.with("updateStrategy", update));
    }

    private static JsonObject cronJob(JsonObject spec) {
        var set = Absent.set(spec, "concurrencyPolicy", "Allow", "suspend", false, "successfulJobsHistoryLimit", 3,
                "failedJobsHistoryLimit", 1);
        return Absent.within(set, "jobTemplate", j -> Absent.within(j, "spec", WorkloadDefaults::template));
    }

    private static JsonObject networkPolicy(JsonObject spec) {
        var set = spec;
        for (var direction : java.util.List.of("ingress", "egress")) {
            set = Absent.each(set, direction, r -> Absent.each(r, "ports", p -> Absent.set(p, "protocol", "TCP")));
        }
        if (!set.at("policyTypes").array().isEmpty()) return set;
        return set.with("policyTypes", set.at("egress").isPresent() ? java.util.List.of("Ingress", "Egress")
                : java.util.List.of("Ingress"));
    }
}
