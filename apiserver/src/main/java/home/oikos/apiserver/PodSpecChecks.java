package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Validation of a pod's spec, alone or in a template, beyond what its schema requires: what would otherwise fail on the node, without
/// a word to whoever wrote it.
final class PodSpecChecks {
    private PodSpecChecks() { }

    static void check(Json spec, String path, List<FieldError> errors) {
        var volumes = volumes(spec.at("volumes"), path + ".volumes", errors);
        var names = new HashSet<String>();
        containers(spec.at("containers"), path + ".containers", names, volumes, errors);
        containers(spec.at("initContainers"), path + ".initContainers", names, volumes, errors);
    }

    private static Set<String> volumes(Json volumes, String path, List<FieldError> errors) {
        var names = new HashSet<String>();
        int i = 0;
        for (var volume : volumes.array()) {
            var at = path + "[" + i++ + "]";
            name(volume.at("name").text(""), at + ".name", names, errors);
            var sources = volume.object().names().stream().filter(n -> !n.equals("name")).toList();
            for (var more : sources.subList(Math.min(1, sources.size()), sources.size())) {
                errors.add(FieldError.forbidden(at + "." + more, "may not specify more than 1 volume type"));
            }
        }
        return names;
    }

    private static void containers(Json containers, String path, Set<String> names, Set<String> volumes, List<FieldError> errors) {
        int i = 0;
        for (var container : containers.array()) {
            var at = path + "[" + i++ + "]";
            name(container.at("name").text(""), at + ".name", names, errors);
            var image = container.at("image").text("");
            if (image.isEmpty()) errors.add(FieldError.required(at + ".image"));
            else if (!image.strip().equals(image)) errors.add(FieldError.invalid(at + ".image", image,
                    "must not have leading or trailing whitespace"));
            mounts(container.at("volumeMounts"), at + ".volumeMounts", volumes, errors);
        }
    }

    private static void mounts(Json mounts, String path, Set<String> volumes, List<FieldError> errors) {
        int i = 0;
        for (var mount : mounts.array()) {
            var at = path + "[" + i++ + "]";
            var name = mount.at("name").text("");
            if (!name.isEmpty() && !volumes.contains(name)) errors.add(FieldError.notFound(at + ".name", name));
        }
    }

    private static void name(String name, String path, Set<String> names, List<FieldError> errors) {
        if (name.isEmpty()) return;
        var wrong = NameSyntax.labelError(name);
        if (wrong != null) errors.add(FieldError.invalid(path, name, wrong));
        if (!names.add(name)) errors.add(FieldError.duplicate(path, name));
    }
}
