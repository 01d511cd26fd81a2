package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Validation of the environment variables of a container.
final class EnvironmentChecks {
    private static final Pattern NAME = Pattern.compile("[ -<>-~]+");
    private static final List<String> RESOURCES = List.of("limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu",
            "requests.ephemeral-storage", "requests.memory");
    private static final Set<String> FIELDS = Set.of("metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName",
            "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs", "metadata.annotations",
            "metadata.labels");
    private static final Pattern SUBSCRIPTED = Pattern.compile("metadata\\.(annotations|labels)\\['.*']");

    private EnvironmentChecks() { }

    static void check(Json container, String path, FieldErrors errors) {
        FieldErrors.each(container.at("env"), path + ".env", (variable, at) -> variable(variable, at, errors));
        FieldErrors.each(container.at("envFrom"), path + ".envFrom", (source, at) -> {
            for (var kind : List.of("configMapRef", "secretRef")) {
                if (source.at(kind).isPresent() && source.at(kind, "name").text("").isEmpty()) {
                    errors.add(FieldError.required(at + "." + kind + ".name"));
                }
            }
            if (source.at("configMapRef").isNull() && source.at("secretRef").isNull()) {
                errors.invalid(path + ".envFrom", "", "must specify one of: `configMapRef` or `secretRef`");
            }
        });
    }

    private static void variable(Json variable, String path, FieldErrors errors) {
        var name = variable.at("name").text("");
        errors.tell(path + ".name");
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            errors.invalid(path + ".name", name,
                    "a valid environment variable name must consist only of printable ASCII characters other than '='");
        }
        if (variable.at("valueFrom").isPresent()) source(variable, path + ".valueFrom", errors);
        errors.tell(path);
    }

    private static void source(Json variable, String path, FieldErrors errors) {
        var source = variable.at("valueFrom");
        if (source.object().isEmpty()) {
            errors.invalid(path, "",
                    "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`");
        } else if (!variable.at("value").text("").isEmpty()) {
            errors.invalid(path, "", "may not be specified when `value` is not empty");
        } else if (source.object().size() > 1) {
            errors.invalid(path, "", "may not have more than one field specified at a time");
        }
        errors.tell(path);
        field(source.at("fieldRef", "fieldPath").text(""), path + ".fieldRef.fieldPath", errors);
        var resource = source.at("resourceFieldRef", "resource");
        if (resource.isPresent() && !RESOURCES.contains(resource.text("")) && !resource.text("").contains("hugepages-")) {
            errors.add(FieldError.notSupported(path + ".resourceFieldRef.resource", resource, RESOURCES));
        }
    }

    private static void field(String field, String path, FieldErrors errors) {
        if (field.isEmpty() || FIELDS.contains(field) || SUBSCRIPTED.matcher(field).matches()) return;
        errors.invalid(path, field, "error converting fieldPath: field label not supported: " + field);
    }
}
