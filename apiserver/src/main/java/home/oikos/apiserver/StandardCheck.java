package home.oikos.apiserver;

import java.util.Optional;
import java.util.function.Function;

/// One rule of the Pod Security Standards.
/// @param since the minor version of Kubernetes that brought it
/// @param replaces the reason of the milder rule that it stands for in its level; empty for none
/// @param detail who breaks it and how; empty when nobody does
record StandardCheck(StandardLevel level, int since, String reason, String replaces, Function<StandardPod, Optional<String>> detail) {
    /// What a pod does that it may not.
    record Violation(String reason, String detail) {
        @Override
        public String toString() {
            return detail.isEmpty() ? reason : reason + " (" + detail + ")";
        }
    }

    Optional<Violation> check(StandardPod pod) {
        return detail.apply(pod).map(told -> new Violation(reason, told));
    }
}
