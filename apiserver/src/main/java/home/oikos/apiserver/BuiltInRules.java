package home.oikos.apiserver;

import home.oikos.api.ResourceDefinition;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Which rules each built-in kind has.
final class BuiltInRules {
    private static final Set<String> WITH_GENERATION = Set.of("deployments.apps", "replicasets.apps", "statefulsets.apps",
            "daemonsets.apps", "jobs.batch",
            "cronjobs.batch", "ingresses.networking.k8s.io", "ingressclasses.networking.k8s.io", "networkpolicies.networking.k8s.io",
            "servicecidrs.networking.k8s.io", "poddisruptionbudgets.policy", "priorityclasses.scheduling.k8s.io", "pods", "podtemplates",
            "replicationcontrollers", "flowschemas.flowcontrol.apiserver.k8s.io",
                    "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io",
            "mutatingadmissionpolicies.admissionregistration.k8s.io", "mutatingadmissionpolicybindings.admissionregistration.k8s.io",
            "mutatingwebhookconfigurations.admissionregistration.k8s.io", "validatingadmissionpolicies.admissionregistration.k8s.io",
            "validatingadmissionpolicybindings.admissionregistration.k8s.io",
                    "validatingwebhookconfigurations.admissionregistration.k8s.io",
            "customresourcedefinitions.apiextensions.k8s.io", "endpointslices.discovery.k8s.io", "deviceclasses.resource.k8s.io",
            "resourceslices.resource.k8s.io");
    private static final Map<String, Function<ResourceDefinition, KindRules>> OURS = Map.ofEntries(
            Map.entry("configmaps", ConfigMapRules::new), Map.entry("secrets", SecretRules::new),
                    Map.entry("namespaces", NamespaceRules::new),
            Map.entry("pods", PodRules::new), Map.entry("nodes", NodeRules::new), Map.entry("services", ServiceRules::new),
            Map.entry("events", EventRules::new), Map.entry("events.events.k8s.io", EventRules::new),
                    Map.entry("leases.coordination.k8s.io", LeaseRules::new),
            Map.entry("apiservices.apiregistration.k8s.io", ApiServiceRules::new), Map.entry("jobs.batch", JobRules::new),
                    Map.entry("cronjobs.batch", CronJobRules::new),
            Map.entry("mutatingwebhookconfigurations.admissionregistration.k8s.io", WebhookRules::mutating),
            Map.entry("validatingwebhookconfigurations.admissionregistration.k8s.io", WebhookRules::validating),
            Map.entry("validatingadmissionpolicies.admissionregistration.k8s.io", PolicyRules::new),
            Map.entry("validatingadmissionpolicybindings.admissionregistration.k8s.io", PolicyBindingRules::new),
            Map.entry("certificatesigningrequests.certificates.k8s.io", SigningRequestRules::new),
            Map.entry("horizontalpodautoscalers.autoscaling", AutoscalerRules::new));
    private static final Map<String, KindRules> SPECIAL = Map.of(
            "roles.rbac.authorization.k8s.io", new RbacRoleRules(false), "clusterroles.rbac.authorization.k8s.io", new RbacRoleRules(true),
            "rolebindings.rbac.authorization.k8s.io", new RbacBindingRules(false), "clusterrolebindings.rbac.authorization.k8s.io",
                    new RbacBindingRules(true));

    private BuiltInRules() { }

    static KindRules of(ResourceDefinition definition) {
        var name = definition.groupVersionResource().qualified();
        var special = SPECIAL.get(name);
        if (special != null) return special;
        var ours = OURS.get(name);
        return ours != null ? ours.apply(definition) : new CheckedRules(definition, WITH_GENERATION.contains(name));
    }
}
