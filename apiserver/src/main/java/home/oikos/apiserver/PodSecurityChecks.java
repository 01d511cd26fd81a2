package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import java.util.List;
import java.util.regex.Pattern;

/// Validation of the security contexts of a pod and its containers: that they are possible, not that they are wise.
final class PodSecurityChecks {
    private static final Pattern SYSCTL = Pattern.compile("[a-z0-9]([-_a-z0-9]*[a-z0-9])?([./][a-z0-9]([-_a-z0-9]*[a-z0-9])?)*");

    private PodSecurityChecks() { }

    static void pod(Json context, String path, FieldErrors errors) {
        ids(context, path, errors, "fsGroup", "runAsUser", "runAsGroup");
        FieldErrors.each(context.at("supplementalGroups"), path + ".supplementalGroups", (id, at) -> id(id, at, errors));
        FieldErrors.each(context.at("sysctls"), path + ".sysctls", (sysctl, at) -> {
            var name = sysctl.at("name").text("");
            if (!name.isEmpty() && !SYSCTL.matcher(name).matches()) errors.invalid(at + ".name", name,
                    "must have at most 253 characters and match regex ^" + SYSCTL + "$");
        });
        seccomp(context.at("seccompProfile"), path + ".seccompProfile", errors);
        errors.tell(path);
    }

    static void container(Json context, String path, FieldErrors errors) {
        ids(context, path, errors, "runAsUser", "runAsGroup");
        errors.tell(path + ".procMount");
        seccomp(context.at("seccompProfile"), path + ".seccompProfile", errors);
        if (!context.at("allowPrivilegeEscalation").bool(true) && context.at("privileged").bool(false)) {
            errors.invalid(path, context, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
        }
        errors.tell(path);
    }

    private static void ids(Json context, String path, FieldErrors errors, String... fields) {
        for (var field : List.of(fields)) id(context.at(field), path + "." + field, errors);
    }

    private static void id(Json id, String path, FieldErrors errors) {
        if (id.isPresent()) errors.invalid(path, id, FieldErrors.range(id.integer(0L), 0, Integer.MAX_VALUE));
    }

    private static void seccomp(Json profile, String path, FieldErrors errors) {
        if (profile.at("type").text("").equals("Localhost") && profile.at("localhostProfile").text("").isEmpty()) {
            errors.add(FieldError.required(path + ".localhostProfile", "must be set when seccomp type is Localhost"));
        }
    }
}
