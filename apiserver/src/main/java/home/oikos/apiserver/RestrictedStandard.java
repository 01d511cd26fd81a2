package home.oikos.apiserver;

import home.oikos.api.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The restricted level: what hardened pods say of themselves. In the order in which violations are told, after those of the baseline.
final class RestrictedStandard {
    private static final Set<String> VOLUMES = Set.of("name", "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image",
            "persistentVolumeClaim", "projected", "secret");

    private RestrictedStandard() { }

    static List<StandardCheck> checks() {
        return List.of(check(8, "allowPrivilegeEscalation != false", "", RestrictedStandard::escalation),
                check(22, "unrestricted capabilities", "non-default capabilities", RestrictedStandard::capabilities),
                check(0, "restricted volume types", "hostPath volumes", RestrictedStandard::volumes),
                check(0, "runAsNonRoot != true", "", RestrictedStandard::nonRoot),
                check(23, "runAsUser=0", "", RestrictedStandard::user),
                check(19, "seccompProfile", "seccompProfile", RestrictedStandard::seccomp));
    }

    private static StandardCheck check(int since, String reason, String replaces, Function<StandardPod, Optional<String>> detail) {
        return new StandardCheck(StandardLevel.RESTRICTED, since, reason, replaces, detail);
    }

    private static Optional<String> escalation(StandardPod pod) {
        if (pod.isWindows()) return Optional.empty();
        return BaselineStandard.blamed(pod.containers(security -> security.at("allowPrivilegeEscalation").bool(true)),
                "must set securityContext.allowPrivilegeEscalation=false");
    }

    private static Optional<String> capabilities(StandardPod pod) {
        if (pod.isWindows()) return Optional.empty();
        var faults = new ArrayList<String>();
        BaselineStandard.blamed(pod.containers(security -> !dropsAll(security)), "must set securityContext.capabilities.drop=[\"ALL\"]")
                .ifPresent(faults::add);
        BaselineStandard.added(pod, Set.of("NET_BIND_SERVICE")).ifPresent(faults::add);
        return faults.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", faults));
    }

    private static boolean dropsAll(Json security) {
        return security.at("capabilities", "drop").array().stream().anyMatch(c -> c.text("").equals("ALL"));
    }

    private static Optional<String> volumes(StandardPod pod) {
        var found = pod.spec().at("volumes").array().stream().filter(v -> types(v).findAny().isPresent()).toList();
        if (found.isEmpty()) return Optional.empty();
        var types = found.stream().flatMap(RestrictedStandard::types).distinct().sorted().toList();
        return Optional.of("%s %s restricted volume type%s %s".formatted(StandardPod.named("volume", found), found.size() == 1 ? "uses" : "use",
                types.size() == 1 ? "" : "s", StandardPod.quoted(types.stream())));
    }

    private static Stream<String> types(Json volume) {
        return volume.object().names().stream().filter(n -> !VOLUMES.contains(n));
    }

    private static Optional<String> nonRoot(StandardPod pod) {
        if (pod.hasOwnUsers()) return Optional.empty();
        var refusing = pod.culprits(security -> !security.at("runAsNonRoot").bool(true));
        if (!refusing.isEmpty() && !pod.containers(security -> !security.at("runAsNonRoot").bool(true)).isEmpty()) {
            return Optional.of(refusing + " must not set securityContext.runAsNonRoot=false");
        }
        return silent(pod, security -> security.at("runAsNonRoot").bool(false), "must set securityContext.runAsNonRoot=true",
                refusing.isEmpty() ? Optional.empty() : Optional.of("pod must not set securityContext.runAsNonRoot=false"));
    }

    /// What pod and containers leave unsaid: enough when the pod says it, or every container.
    private static Optional<String> silent(StandardPod pod, Predicate<Json> said, String what, Optional<String> otherwise) {
        var silent = said.test(pod.security()) ? List.<Json>of() : pod.containers(said.negate());
        return silent.isEmpty() ? otherwise : Optional.of("pod or %s %s".formatted(StandardPod.named("container", silent), what));
    }

    private static Optional<String> user(StandardPod pod) {
        if (pod.hasOwnUsers()) return Optional.empty();
        var culprits = pod.culprits(security -> security.at("runAsUser").integer(1) == 0);
        return culprits.isEmpty() ? Optional.empty() : Optional.of(culprits + " must not set runAsUser=0");
    }

    private static Optional<String> seccomp(StandardPod pod) {
        if (pod.isWindows()) return Optional.empty();
        var unconfined = BaselineStandard.unconfined(pod);
        if (unconfined.isPresent()) return unconfined;
        return silent(pod, security -> Set.of("RuntimeDefault", "Localhost").contains(security.at("seccompProfile", "type").text("")),
                "must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\"", Optional.empty());
    }
}
