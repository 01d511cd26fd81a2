package home.oikos.node;

import home.oikos.api.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One probe of a container.
record ProbeSpec(Kind kind, Json handler, Duration initialDelay, Duration period, Duration timeout, int successThreshold,
        int failureThreshold) {
    /// What a probe is asked for: whether the container has started, is to be killed, or may be sent requests.
    enum Kind { STARTUP, LIVENESS, READINESS }

    /// The probes of a container.
    static List<ProbeSpec> of(ContainerSpec container) {
        var probes = new ArrayList<ProbeSpec>();
        for (var kind : Kind.values()) {
            var json = container.json().at(member(kind));
            if (json.isPresent()) probes.add(of(kind, json));
        }
        return probes;
    }

    private static String member(Kind kind) {
        return switch (kind) {
            case STARTUP -> "startupProbe";
            case LIVENESS -> "livenessProbe";
            case READINESS -> "readinessProbe";
        };
    }

    private static ProbeSpec of(Kind kind, Json json) {
        return new ProbeSpec(kind, json, seconds(json, "initialDelaySeconds", 0), seconds(json, "periodSeconds", 10),
                seconds(json, "timeoutSeconds", 1), Math.max(1, json.at("successThreshold").integer(1)),
                Math.max(1, json.at("failureThreshold").integer(3)));
    }

    private static Duration seconds(Json json, String name, int otherwise) {
        int seconds = json.at(name).integer(otherwise);
        return Duration.ofSeconds(seconds > 0 ? seconds : otherwise);
    }

    String word() {
        return switch (kind) {
            case STARTUP -> "Startup";
            case LIVENESS -> "Liveness";
            case READINESS -> "Readiness";
        };
    }

    /// What counts until the probe has said anything.
    static ProbeState initial(List<ProbeSpec> probes) {
        boolean startup = probes.stream().anyMatch(probe -> probe.kind() == Kind.STARTUP);
        boolean readiness = probes.stream().anyMatch(probe -> probe.kind() == Kind.READINESS);
        return new ProbeState(!startup, !readiness, true);
    }
}
