package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Validation of a pod's volumes.
final class VolumeChecks {
    private static final int MODE_MAX = 0777;
    /// Tokens of less are renewed too often.
    private static final int TOKEN_SECONDS_MIN = 600;

    private VolumeChecks() { }

    /// @return the names that containers may mount
    static Set<String> check(Json volumes, String path, FieldErrors errors) {
        var names = new HashSet<String>();
        FieldErrors.each(volumes, path, (volume, at) -> {
            sources(volume, at, errors);
            name(volume.at("name").text(""), at + ".name", names, errors);
            errors.tell(at);
        });
        return names;
    }

    private static void name(String name, String path, Set<String> names, FieldErrors errors) {
        if (name.isEmpty()) return;
        errors.invalid(path, name, NameSyntax.labelError(name));
        if (!names.add(name)) errors.add(FieldError.duplicate(path, name));
    }

    private static void sources(Json volume, String path, FieldErrors errors) {
        var sources = volume.object().names().stream().filter(n -> !n.equals("name")).toList();
        if (sources.isEmpty()) return;
        source(sources.getFirst(), volume.at(sources.getFirst()), path + "." + sources.getFirst(), errors);
        for (var more : sources.subList(1, sources.size())) {
            errors.add(FieldError.forbidden(path + "." + more, "may not specify more than 1 volume type"));
        }
    }

    private static void source(String type, Json source, String path, FieldErrors errors) {
        switch (type) {
            case "hostPath" -> {
                var host = source.at("path").text("");
                errors.invalid(path + ".path", host, LocalPath.climbError(host));
            }
            case "configMap", "secret", "downwardAPI" -> files(source, path, errors);
            case "projected" -> projected(source, path, errors);
            default -> { }
        }
        errors.tell(path);
    }

    private static void projected(Json source, String path, FieldErrors errors) {
        mode(source.at("defaultMode"), path + ".defaultMode", errors);
        FieldErrors.each(source.at("sources"), path + ".sources", (projection, at) -> {
            for (var kind : List.of("configMap", "secret", "downwardAPI")) files(projection.at(kind), at + "." + kind, errors);
            var seconds = projection.at("serviceAccountToken", "expirationSeconds");
            if (seconds.integer(TOKEN_SECONDS_MIN) < TOKEN_SECONDS_MIN) {
                errors.invalid(at + ".serviceAccountToken.expirationSeconds", seconds, "may not specify a duration less than 10 minutes");
            }
        });
    }

    private static void files(Json source, String path, FieldErrors errors) {
        mode(source.at("defaultMode"), path + ".defaultMode", errors);
        FieldErrors.each(source.at("items"), path + ".items", (item, at) -> {
            errors.tell(at + ".key");
            var file = item.at("path").text("");
            errors.invalid(at + ".path", file, LocalPath.error(file));
            mode(item.at("mode"), at + ".mode", errors);
            errors.tell(at);
        });
    }

    private static void mode(Json mode, String path, FieldErrors errors) {
        long bits = mode.integer(0L);
        if (bits < 0 || bits > MODE_MAX) {
            errors.invalid(path, mode, "must be a number between 0 and 0777 (octal), both inclusive");
        }
    }
}
