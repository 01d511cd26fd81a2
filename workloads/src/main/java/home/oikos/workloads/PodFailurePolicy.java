package home.oikos.workloads;

import home.oikos.api.Json;
import java.util.Optional;

/// What a Job's podFailurePolicy says of a failed pod: the first rule that matches decides.
record PodFailurePolicy(Json policy) {
    /// @param action FailJob, FailIndex, Ignore or Count
    record Match(String action, String message) { }

    Optional<Match> match(Pod pod) {
        int index = 0;
        for (var rule : policy.at("rules").array()) {
            var why = why(rule, pod);
            if (why.isPresent()) {
                var action = rule.at("action").text("Count");
                return Optional.of(new Match(action, why.get() + " matching " + action + " rule at index " + index));
            }
            index++;
        }
        return Optional.empty();
    }

    private static Optional<String> why(Json rule, Pod pod) {
        if (rule.at("onExitCodes").isPresent()) return exitCode(rule.at("onExitCodes"), pod);
        for (var pattern : rule.at("onPodConditions").array()) {
            var condition = pattern.at("type").text("") + "=" + pattern.at("status").text("True");
            if (pod.end().conditions().contains(condition)) {
                return Optional.of("Pod " + pod.metadata().key() + " has condition " + pattern.at("type").text(""));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> exitCode(Json requirement, Pod pod) {
        var only = requirement.at("containerName").text("");
        var values = requirement.at("values").array().stream().map(value -> value.integer(0)).toList();
        boolean in = requirement.at("operator").text("").equals("In");
        for (var ended : pod.end().exitCodes().entrySet()) {
            boolean concerned = ended.getValue() != 0 && (only.isEmpty() || only.equals(ended.getKey()));
            if (concerned && values.contains(ended.getValue()) == in) {
                return Optional.of("Container " + ended.getKey() + " for pod " + pod.metadata().key() + " failed with exit code "
                        + ended.getValue());
            }
        }
        return Optional.empty();
    }
}
