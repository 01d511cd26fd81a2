package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.controller.Times;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How a pod's containers ended, for Jobs.
/// @param exitCodes of the containers that ended, by name
/// @param conditions what holds or not, as `DisruptionTarget=True`
record PodEnd(Map<String, Integer> exitCodes, Optional<Instant> finishedTime, Set<String> conditions) {
    PodEnd {
        exitCodes = Map.copyOf(exitCodes);
        conditions = Set.copyOf(conditions);
    }

    static PodEnd of(Json status) {
        var exitCodes = new LinkedHashMap<String, Integer>();
        Optional<Instant> last = Optional.empty();
        for (var list : new String[] {"initContainerStatuses", "containerStatuses"}) {
            for (var container : status.at(list).array()) {
                var terminated = container.at("state", "terminated");
                if (terminated.isNull()) continue;
                exitCodes.put(container.at("name").text(""), terminated.at("exitCode").integer(0));
                last = later(last, Times.read(terminated.at("finishedAt")));
            }
        }
        return new PodEnd(exitCodes, last, conditions(status));
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        if (one.isEmpty() || other.isEmpty()) return one.or(() -> other);
        return one.get().isAfter(other.get()) ? one : other;
    }

    private static Set<String> conditions(Json status) {
        var conditions = new LinkedHashSet<String>();
        for (var condition : status.at("conditions").array()) {
            conditions.add(condition.at("type").text("") + "=" + condition.at("status").text(""));
        }
        return conditions;
    }
}
