package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Validation of a pod's spec, alone or in a template, beyond what its schema requires: what would otherwise fail on the node, without
/// a word to whoever wrote it.
final class PodSpecChecks {
    private final Json spec;
    private final String path;
    private final FieldErrors errors;

    private PodSpecChecks(Json spec, String path, FieldErrors errors) {
        this.spec = spec;
        this.path = path;
        this.errors = errors;
    }

    static void check(Json spec, String path, List<FieldError> errors) {
        new PodSpecChecks(spec, path, new FieldErrors(errors, path)).check(Set.of());
    }

    static void template(Json template, String path, FieldErrors errors) {
        template(template, path, Set.of(), errors);
    }

    /// @param claims volumes that the pods get beside those they name
    static void template(Json template, String path, Set<String> claims, FieldErrors errors) {
        errors.labels(template.at("metadata", "labels"), path + ".labels");
        var spec = path + ".spec";
        new PodSpecChecks(template.at("spec"), spec, errors.part(spec)).check(claims);
        if (!template.at("spec", "ephemeralContainers").array().isEmpty()) {
            errors.add(FieldError.forbidden(spec + ".ephemeralContainers", "ephemeral containers not allowed in pod template"));
        }
    }

    private void check(Set<String> claims) {
        var volumes = new HashSet<>(VolumeChecks.check(spec.at("volumes"), path + ".volumes", errors));
        volumes.addAll(claims);
        var containers = new ContainerChecks(volumes, new HashSet<>(), spec.at("hostNetwork").bool(false), errors);
        containers.check(spec.at("containers"), path + ".containers");
        containers.check(spec.at("initContainers"), path + ".initContainers");
        ResizePolicyChecks.check(spec, path, errors);
        EphemeralChecks.check(spec, path, containers, errors);
        errors.supported(spec.at("restartPolicy"), path + ".restartPolicy", "Always", "OnFailure", "Never");
        errors.supported(spec.at("dnsPolicy"), path + ".dnsPolicy", "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");
        for (var label : spec.at("nodeSelector").object().members().entrySet()) label(label.getKey(), label.getValue().text(""));
        PodSecurityChecks.pod(spec.at("securityContext"), path + ".securityContext", errors);
        deadline();
        hostname("hostname");
        hostname("subdomain");
        TolerationChecks.check(spec.at("tolerations"), path + ".tolerations", errors);
        errors.tellAll();
    }

    private void label(String key, String value) {
        errors.invalid(path + ".nodeSelector", key, LabelSyntax.keyError(key));
        errors.invalid(path + ".nodeSelector", value, LabelSyntax.valueError(value));
    }

    private void deadline() {
        var deadline = spec.at("activeDeadlineSeconds");
        if (deadline.isPresent()) errors.invalid(path + ".activeDeadlineSeconds", deadline,
                FieldErrors.range(deadline.integer(0L), 1, Integer.MAX_VALUE));
    }

    private void hostname(String field) {
        var name = spec.at(field).text("");
        if (!name.isEmpty()) errors.invalid(path + "." + field, name, NameSyntax.labelError(name));
    }
}
