package home.oikos.apiserver;

import home.oikos.apiserver.StandardCheck.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Judges pods by the Pod Security Standards.
final class SecurityStandard {
    private static final List<StandardCheck> BASELINE = BaselineStandard.checks();
    private static final List<StandardCheck> RESTRICTED = RestrictedStandard.checks();

    private SecurityStandard() { }

    static List<Violation> violations(StandardPod pod, StandardPolicy policy) {
        if (policy.isPrivileged()) return List.of();
        var checks = new ArrayList<>(known(BASELINE, policy));
        if (policy.level() == StandardLevel.RESTRICTED) {
            var stricter = known(RESTRICTED, policy);
            var replaced = stricter.stream().map(StandardCheck::replaces).collect(Collectors.toSet());
            checks.removeIf(check -> replaced.contains(check.reason()));
            checks.addAll(stricter);
        }
        return checks.stream().flatMap(check -> check.check(pod).stream()).toList();
    }

    private static List<StandardCheck> known(List<StandardCheck> checks, StandardPolicy policy) {
        return checks.stream().filter(check -> check.since() <= policy.minor()).toList();
    }

    static String told(List<Violation> violations) {
        return violations.stream().map(Violation::toString).collect(Collectors.joining(", "));
    }

    static String reasons(List<Violation> violations) {
        return violations.stream().map(Violation::reason).collect(Collectors.joining(", "));
    }
}
