package home.oikos.workloads;

import home.oikos.api.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// Amounts of resources by name, in thousandths of their unit.
record Resourcing(Map<String, Long> milli) {
    static final Resourcing NONE = new Resourcing(Map.of());

    Resourcing {
        milli = Map.copyOf(milli);
    }

    static Resourcing of(Json amounts) {
        var milli = new HashMap<String, Long>();
        amounts.object().members().forEach((name, amount) -> milli.put(name, Quantity.milli(amount.text(amount.toString()))));
        return new Resourcing(milli);
    }

    /// What a pod needs at once: all its containers together, or its hungriest init container, beside the sidecars that run by then.
    static Resourcing ofPod(Json spec) {
        var sidecars = NONE;
        var initial = NONE;
        for (var container : spec.at("initContainers").array()) {
            var own = of(container.at("resources", "requests"));
            if (container.at("restartPolicy").text("").equals("Always")) {
                sidecars = sidecars.plus(own);
                initial = initial.max(sidecars);
            } else {
                initial = initial.max(sidecars.plus(own));
            }
        }
        var running = sidecars;
        for (var container : spec.at("containers").array()) running = running.plus(of(container.at("resources", "requests")));
        return running.max(initial).plus(of(spec.at("overhead")));
    }

    long of(String name) {
        return milli.getOrDefault(name, 0L);
    }

    Resourcing plus(Resourcing other) {
        return merge(other, Long::sum);
    }

    private Resourcing max(Resourcing other) {
        return merge(other, Math::max);
    }

    private Resourcing merge(Resourcing other, java.util.function.BinaryOperator<Long> how) {
        if (other.milli.isEmpty()) return this;
        var merged = new TreeMap<>(milli);
        other.milli.forEach((name, amount) -> merged.merge(name, amount, how));
        return new Resourcing(merged);
    }
}
