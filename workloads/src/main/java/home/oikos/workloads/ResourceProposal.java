package home.oikos.workloads;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How many replicas one resource metric asks for, and what it found. Pure. Pods that say nothing are counted so that they soften the
/// change, never so that they cause one; as upstream.
/// @param current the entry of `status.currentMetrics`
record ResourceProposal(int replicas, JsonObject current) {
    /// So far off the target nothing is done.
    static final double TOLERANCE = 0.1;

    /// One pod in the eyes of a metric, in thousandths.
    /// @param usedMilli absent when nobody measured it
    record Sample(Optional<Long> usedMilli, long requestMilli, boolean ready) { }

    /// Why a metric could not be used.
    static final class Unknown extends Exception {
        private static final long serialVersionUID = 1;

        Unknown(String message) {
            super(message);
        }
    }

    /// @param name `cpu` or `memory`
    /// @param target the metric's `target`
    /// @param replicas how many the target wants now
    /// @param pods the target's pods, with the `requests` that count
    /// @param used what they use by name, in thousandths
    static ResourceProposal of(String name, Json target, int replicas, List<Json> pods, Map<String, Long> used) throws Unknown {
        boolean byShare = target.at("averageUtilization").isPresent();
        long average = byShare ? 0 : Resourcing.of(JsonObject.of("value", target.at("averageValue"))).of("value");
        var samples = new ArrayList<Sample>();
        for (var json : pods) {
            var pod = Pod.of(json);
            if (!pod.isActive()) continue;
            long request = byShare ? request(name, json, pod) : average;
            samples.add(new Sample(Optional.ofNullable(used.get(pod.name())), request, pod.ready() || !name.equals("cpu") && pod.isBound()));
        }
        var measured = samples.stream().filter(sample -> sample.usedMilli().isPresent()).toList();
        if (measured.isEmpty()) throw new Unknown("unable to get metrics for resource " + name + ": no metrics returned from resource metrics API");
        double goal = byShare ? target.at("averageUtilization").integer(80) / 100.0 : 1;
        return new ResourceProposal(wanted(samples, goal, replicas), current(name, measured, byShare));
    }

    private static long request(String name, Json json, Pod pod) throws Unknown {
        for (var container : json.at("spec", "containers").array()) {
            if (container.at("resources", "requests", name).isNull()) {
                throw new Unknown("failed to get %s utilization: missing request for %s in container %s of Pod %s"
                        .formatted(name, name, container.at("name").text(""), pod.name()));
            }
        }
        return pod.needs().requests().of(name);
    }

    private static JsonObject current(String name, List<Sample> measured, boolean byShare) {
        long used = measured.stream().mapToLong(sample -> sample.usedMilli().orElseThrow()).sum();
        long asked = measured.stream().mapToLong(Sample::requestMilli).sum();
        long average = used / measured.size();
        return JsonObject.of("type", "Resource", "resource", JsonObject.of("name", name, "current", JsonObject.of(
                "averageUtilization", byShare ? used * 100 / Math.max(1, asked) : null,
                "averageValue", name.equals("cpu") ? average + "m" : Long.toString(average / 1_000))));
    }

    private static int wanted(List<Sample> samples, double goal, int replicas) {
        var counted = samples.stream().filter(sample -> sample.ready() && sample.usedMilli().isPresent()).toList();
        if (counted.isEmpty()) return replicas;
        double ratio = ratio(counted, 0, goal);
        if (counted.size() == samples.size()) return isNear(ratio) ? replicas : (int) Math.ceil(ratio * counted.size());
        var softened = samples.stream().filter(sample -> ratio > 1 || sample.usedMilli().isEmpty() || sample.ready()).toList();
        double soft = ratio(softened, ratio < 1 ? 1 : 0, goal);
        if (isNear(soft) || ratio < 1 == soft > 1) return replicas;
        int wanted = (int) Math.ceil(soft * softened.size());
        return soft < 1 == wanted > replicas ? replicas : wanted;
    }

    private static boolean isNear(double ratio) {
        return Math.abs(1 - ratio) <= TOLERANCE;
    }

    /// @param unknown the share of its request that a pod counts with whose use does not count
    private static double ratio(List<Sample> samples, double unknown, double goal) {
        double used = 0;
        double asked = 0;
        for (var sample : samples) {
            boolean counts = sample.usedMilli().isPresent() && sample.ready();
            used += counts ? sample.usedMilli().get() : unknown * sample.requestMilli();
            asked += sample.requestMilli();
        }
        return used / Math.max(1, asked) / goal;
    }
}
