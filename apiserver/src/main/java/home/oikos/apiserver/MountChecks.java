package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import java.util.HashSet;
import java.util.Set;

/// Validation of where a container mounts its volumes.
final class MountChecks {
    private MountChecks() { }

    static void check(Json mounts, String path, Set<String> volumes, FieldErrors errors) {
        var places = new HashSet<String>();
        FieldErrors.each(mounts, path, (mount, at) -> {
            var name = mount.at("name").text("");
            errors.tell(at + ".name");
            if (!name.isEmpty() && !volumes.contains(name)) errors.add(FieldError.notFound(at + ".name", name));
            errors.tell(at + ".mountPath");
            var place = mount.at("mountPath").text("");
            if (!place.isEmpty() && !places.add(place)) errors.invalid(at + ".mountPath", place, "must be unique");
            // Upstream forgets the index here.
            var part = mount.at("subPath").text("");
            errors.invalid(path + ".subPath", part, LocalPath.error(part));
            errors.tell(at);
        });
    }
}
