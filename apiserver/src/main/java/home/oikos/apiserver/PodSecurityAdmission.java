package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.FieldError;
import home.oikos.api.GroupVersion;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.store.Store;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Holds pods to the level of the Pod Security Standards that the labels of their namespace ask for, and warns of templates whose pods
/// would be refused (PodSecurity).
final class PodSecurityAdmission implements AdmissionPlugin {
    /// Where each kind keeps what its pods will be made of.
    private static final Map<String, String[]> TEMPLATES = Map.of("deployments.apps", path("spec", "template"), "replicasets.apps",
            path("spec", "template"), "statefulsets.apps", path("spec", "template"), "daemonsets.apps", path("spec", "template"),
            "replicationcontrollers", path("spec", "template"), "jobs.batch", path("spec", "template"), "cronjobs.batch",
            path("spec", "jobTemplate", "spec", "template"), "podtemplates", path("template"));

    private final Store store;

    PodSecurityAdmission(Store store) {
        this.store = store;
    }

    private static String[] path(String... names) {
        return names;
    }

    @Override
    public void validate(Admission admission, JsonObject object) {
        if (admission.operation() != Operation.CREATE && admission.operation() != Operation.UPDATE) return;
        var kind = admission.resource().definition().groupVersionResource().qualified();
        if (kind.equals("pods")) {
            if (concernsPod(admission, object)) pod(admission, object);
        } else if (kind.equals("namespaces")) {
            if (admission.subresource().isEmpty()) namespace(admission, object);
        } else if (TEMPLATES.containsKey(kind) && admission.subresource().isEmpty()) {
            template(admission, object, TEMPLATES.get(kind));
        }
    }

    private static boolean concernsPod(Admission admission, JsonObject pod) {
        if (admission.operation() == Operation.CREATE) return admission.subresource().isEmpty();
        var judged = admission.subresource().isEmpty() || admission.subresource().equals("ephemeralcontainers");
        return judged && !hardened(pod).equals(hardened(admission.old()));
    }

    /// What of a running pod can change and matters here.
    private static List<Json> hardened(JsonObject pod) {
        return new StandardPod(pod.at("metadata"), pod.at("spec")).containers().stream().map(c -> c.at("securityContext")).toList();
    }

    private void pod(Admission admission, JsonObject pod) {
        var labels = labels(admission.namespace());
        var judged = new StandardPod(pod.at("metadata"), pod.at("spec"));
        var enforced = StandardPolicy.of(labels, "enforce");
        var violations = SecurityStandard.violations(judged, enforced);
        admission.annotate().accept("pod-security.kubernetes.io/enforce-policy", enforced.toString());
        if (!violations.isEmpty()) {
            throw new ApiException(ApiStatus.forbidden(GroupVersion.CORE.resource("pods"), admission.name(),
                    "violates PodSecurity \"%s\": %s".formatted(enforced, SecurityStandard.told(violations))));
        }
        tell(admission, judged, labels);
    }

    private void template(Admission admission, JsonObject object, String[] path) {
        var template = object.at(path[0]);
        for (int i = 1; i < path.length; i++) template = template.at(path[i]);
        if (template.isPresent()) tell(admission, new StandardPod(template.at("metadata"), template.at("spec")), labels(admission.namespace()));
    }

    private static void tell(Admission admission, StandardPod pod, Json labels) {
        var audited = StandardPolicy.of(labels, "audit");
        var violations = SecurityStandard.violations(pod, audited);
        if (!violations.isEmpty()) admission.annotate().accept("pod-security.kubernetes.io/audit-violations", would(audited, violations));
        var warned = StandardPolicy.of(labels, "warn");
        var warnings = SecurityStandard.violations(pod, warned);
        if (!warnings.isEmpty()) admission.warn().accept(would(warned, warnings));
    }

    private static String would(StandardPolicy policy, List<StandardCheck.Violation> violations) {
        return "would violate PodSecurity \"%s\": %s".formatted(policy, SecurityStandard.told(violations));
    }

    private Json labels(String namespace) {
        return store.snapshot().get(Resource.prefix("", "namespaces") + namespace).map(e -> ObjectBytes.tree(e).at("metadata", "labels"))
                .orElse(Json.NULL);
    }

    /// Only what a change of the labels brings is refused; what was wrong before must not keep a namespace from being deleted.
    private void namespace(Admission admission, JsonObject namespace) {
        var labels = namespace.at("metadata", "labels");
        var before = admission.old() == null ? Json.NULL : admission.old().at("metadata", "labels");
        if (labels.equals(before)) return;
        var errors = new ArrayList<FieldError>();
        StandardPolicy.validate(labels, errors);
        if (!errors.isEmpty()) throw new ApiException(ApiStatus.invalid(admission.resource().kind(), admission.name(), errors));
        var enforced = StandardPolicy.of(labels, "enforce");
        if (admission.old() != null && !enforced.equals(StandardPolicy.of(before, "enforce"))) existing(admission, enforced);
    }

    /// Tells of the pods that are there and would no longer be let in.
    private void existing(Admission admission, StandardPolicy enforced) {
        var byReasons = new LinkedHashMap<String, List<String>>();
        var prefix = Resource.prefix("", "pods") + admission.name() + "/";
        store.snapshot().range(prefix, prefix, entry -> {
            var pod = ObjectBytes.tree(entry);
            var violations = SecurityStandard.violations(new StandardPod(pod.at("metadata"), pod.at("spec")), enforced);
            if (!violations.isEmpty()) byReasons.computeIfAbsent(SecurityStandard.reasons(violations), _ -> new ArrayList<>())
                    .add(Resource.name(entry.key()));
            return true;
        });
        if (byReasons.isEmpty()) return;
        admission.warn().accept("existing pods in namespace \"%s\" violate the new PodSecurity enforce level \"%s\""
                .formatted(admission.name(), enforced));
        byReasons.forEach((reasons, pods) -> admission.warn().accept(pods.getFirst() + others(pods.size() - 1) + ": " + reasons));
    }

    private static String others(int count) {
        return switch (count) {
            case 0 -> "";
            case 1 -> " (and 1 other pod)";
            default -> " (and " + count + " other pods)";
        };
    }
}
