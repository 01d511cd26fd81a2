package home.oikos.apiserver;

import home.oikos.api.JsonObject;

/// `/version`: the Kubernetes version whose behaviour we follow; clients read the two numbers.
final class Version {
    static final String MAJOR = "1";
    static final String MINOR = "36";

    private Version() { }

    static JsonObject json() {
        return JsonObject.of("major", MAJOR, "minor", MINOR, "emulationMajor", MAJOR, "emulationMinor", MINOR, "minCompatibilityMajor",
                MAJOR,
                "minCompatibilityMinor", "35", "gitVersion", "v1.36.3+oikos", "gitCommit", "", "gitTreeState", "clean",
                "buildDate", "2026-01-01T00:00:00Z", "goVersion", "java" + Runtime.version().feature(), "compiler", "javac",
                "platform", "linux/" + architecture());
    }

    private static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    }
}
