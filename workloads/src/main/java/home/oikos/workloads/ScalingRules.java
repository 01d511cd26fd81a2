package home.oikos.workloads;

import home.oikos.api.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// An autoscaler's `behavior`: how far and how soon its target may be scaled. It remembers what was wanted and done lately; a restart of
/// ours forgets that, which costs one window of patience. One thread.
final class ScalingRules {
    private static final Json UP = Json.parse("{\"policies\":[{\"type\":\"Pods\",\"value\":4,\"periodSeconds\":15},"
            + "{\"type\":\"Percent\",\"value\":100,\"periodSeconds\":15}]}");
    private static final Json DOWN = Json.parse("{\"policies\":[{\"type\":\"Percent\",\"value\":100,\"periodSeconds\":15}]}");
    private static final int DOWN_WINDOW_SECONDS = 300;
    /// Nothing may look back further (the API's own limit).
    private static final Duration LONGEST = Duration.ofHours(1);

    private final List<Moment> wanted = new ArrayList<>();
    private final List<Moment> done = new ArrayList<>();

    /// A number of replicas that was wanted, or by which was scaled.
    private record Moment(Instant time, int replicas) { }

    /// @return how many replicas to have now
    int settle(Json behavior, int current, int desired, Instant now) {
        wanted.add(new Moment(now, desired));
        wanted.removeIf(moment -> moment.time().isBefore(now.minus(LONGEST)));
        done.removeIf(moment -> moment.time().isBefore(now.minus(LONGEST)));
        var up = behavior.at("scaleUp");
        var down = behavior.at("scaleDown");
        int least = since(now, up.at("stabilizationWindowSeconds").integer(0)).min().orElse(desired);
        int most = since(now, down.at("stabilizationWindowSeconds").integer(DOWN_WINDOW_SECONDS)).max().orElse(desired);
        int stable = Math.max(Math.min(current, most), Math.min(least, Math.max(current, most)));
        if (stable > current) return Math.min(stable, limit(up, UP, current, now, 1));
        return stable < current ? Math.max(stable, limit(down, DOWN, current, now, -1)) : current;
    }

    private IntStream since(Instant now, int seconds) {
        return wanted.stream().filter(moment -> !moment.time().isBefore(now.minusSeconds(seconds))).mapToInt(Moment::replicas);
    }

    /// @param sign 1 for up, -1 for down
    private int limit(Json rules, Json standard, int current, Instant now, int sign) {
        var select = rules.at("selectPolicy").text("Max");
        if (select.equals("Disabled")) return current;
        var policies = rules.at("policies").array().isEmpty() ? standard.at("policies").array() : rules.at("policies").array();
        var limits = policies.stream().mapToInt(policy -> limit(policy, current, now, sign));
        return select.equals("Max") == sign > 0 ? limits.max().orElse(current) : limits.min().orElse(current);
    }

    private int limit(Json policy, int current, Instant now, int sign) {
        var from = now.minusSeconds(policy.at("periodSeconds").integer(15));
        int moved = done.stream().filter(moment -> moment.time().isAfter(from)).mapToInt(Moment::replicas).sum();
        int start = current - moved;
        int value = policy.at("value").integer(0);
        if (policy.at("type").text("").equals("Pods")) return start + sign * value;
        double share = start * (1 + sign * value / 100.0);
        return (int) (sign > 0 ? Math.ceil(share) : Math.floor(share));
    }

    void scaled(int from, int to, Instant now) {
        done.add(new Moment(now, to - from));
    }
}
