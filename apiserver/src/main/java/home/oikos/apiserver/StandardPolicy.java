package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import java.util.List;
import java.util.regex.Pattern;

/// A level of the Pod Security Standards as of a version of Kubernetes, as the labels of a namespace ask for it.
/// @param minor of version 1; [#LATEST] for whatever is newest
record StandardPolicy(StandardLevel level, int minor) {
    static final int LATEST = Integer.MAX_VALUE;
    private static final String LABEL = "pod-security.kubernetes.io/";
    private static final Pattern VERSION = Pattern.compile("v1\\.(0|[1-9][0-9]{0,5})");

    /// @param mode enforce, audit or warn
    static StandardPolicy of(Json labels, String mode) {
        var text = labels.at(LABEL + mode).text("");
        var version = VERSION.matcher(labels.at(LABEL + mode + "-version").text("latest"));
        // Upstream takes what it cannot read for the strictest: a typo must not open a door.
        var level = text.isEmpty() ? StandardLevel.PRIVILEGED : StandardLevel.parse(text).orElse(StandardLevel.RESTRICTED);
        return new StandardPolicy(level, version.matches() ? Integer.parseInt(version.group(1)) : LATEST);
    }

    static void validate(Json labels, List<FieldError> errors) {
        for (var mode : List.of("enforce", "audit", "warn")) {
            var level = labels.at(LABEL + mode);
            if (level.isPresent() && StandardLevel.parse(level.text("")).isEmpty()) errors.add(FieldError.invalid(field(mode), level,
                    "must be one of privileged, baseline, restricted"));
            var version = labels.at(LABEL + mode + "-version");
            if (version.isPresent() && !version.text("").equals("latest") && !VERSION.matcher(version.text("")).matches()) {
                errors.add(FieldError.invalid(field(mode + "-version"), version, "must be \"latest\" or \"v1.x\""));
            }
        }
    }

    private static String field(String label) {
        return "metadata.labels[" + LABEL + label + "]";
    }

    boolean isPrivileged() {
        return level == StandardLevel.PRIVILEGED;
    }

    @Override
    public String toString() {
        return level + ":" + (minor == LATEST ? "latest" : "v1." + minor);
    }
}
