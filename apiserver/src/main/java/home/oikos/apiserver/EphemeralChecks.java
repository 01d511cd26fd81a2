package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Validation of the containers that are put into a running pod to look around.
final class EphemeralChecks {
    private static final List<String> NOT_FOR_THEM = List.of("ports", "resources", "resizePolicy", "restartPolicy", "livenessProbe",
            "readinessProbe", "startupProbe", "lifecycle");

    private EphemeralChecks() { }

    static void check(Json spec, String path, ContainerChecks checks, FieldErrors errors) {
        var others = names(spec.at("containers"));
        others.addAll(names(spec.at("initContainers")));
        FieldErrors.each(spec.at("ephemeralContainers"), path + ".ephemeralContainers", (container, at) -> {
            checks.containerOf(container, at);
            var target = container.at("targetContainerName").text("");
            if (!target.isEmpty() && !others.contains(target)) errors.add(FieldError.notFound(at + ".targetContainerName", target));
            for (var field : NOT_FOR_THEM) if (isSet(container.at(field))) {
                errors.add(FieldError.forbidden(at + "." + field, "cannot be set for an Ephemeral Container"));
            }
            FieldErrors.each(container.at("volumeMounts"), at + ".volumeMounts", (mount, where) -> {
                for (var field : List.of("subPath", "subPathExpr")) {
                    if (!mount.at(field).text("").isEmpty()) errors.add(FieldError.forbidden(where + "." + field,
                            "cannot be set for an Ephemeral Container"));
                }
            });
        });
    }

    private static boolean isSet(Json value) {
        return value.isPresent() && !value.equals(JsonObject.EMPTY);
    }

    private static Set<String> names(Json containers) {
        return containers.array().stream().map(c -> c.at("name").text("")).collect(Collectors.toSet());
    }

    /// They come and stay as they are.
    static void change(Json spec, Json old, FieldErrors errors) {
        for (var before : old.at("ephemeralContainers").array()) {
            var name = before.at("name").text("");
            var now = spec.at("ephemeralContainers").array().stream().filter(c -> c.at("name").text("").equals(name)).findFirst();
            if (now.isEmpty()) errors.add(FieldError.forbidden("spec.ephemeralContainers",
                    "existing ephemeral containers \"" + name + "\" may not be removed\n"));
            else if (!now.get().equals(before)) errors.add(FieldError.forbidden("spec.ephemeralContainers",
                    "existing ephemeral containers \"" + name + "\" may not be changed\n"));
        }
    }
}
