package home.oikos.workloads;

import home.oikos.api.Json;
import java.util.Optional;
import java.util.SortedSet;

/// A Job's successPolicy: which completion indexes are enough. The first rule that holds decides.
record SuccessPolicy(Json policy) {
    /// @return what is said of it, once it is met
    Optional<String> met(SortedSet<Integer> completed) {
        int index = 0;
        for (var rule : policy.at("rules").array()) {
            if (holds(rule, completed)) return Optional.of("Matched rules at index " + index);
            index++;
        }
        return Optional.empty();
    }

    private static boolean holds(Json rule, SortedSet<Integer> completed) {
        var named = rule.at("succeededIndexes").text();
        if (named.isEmpty()) return completed.size() >= rule.at("succeededCount").integer(1);
        var wanted = Indexes.parse(named.get());
        long there = wanted.stream().filter(completed::contains).count();
        return there >= rule.at("succeededCount").integer(wanted.size());
    }
}
