package home.oikos.node;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.Quantity;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How much of the machine a container asks for and may have: its `resources`. Pure.
record Amounts(JsonObject json) {
    /// What may change while a container runs.
    static final List<String> RESIZABLE = List.of("cpu", "memory");
    private static final List<String> LISTS = List.of("limits", "requests");
    private static final long CPU_PERIOD_MICROS = 100_000;
    /// The kernel takes no shorter turn.
    private static final long CPU_QUOTA_MICROS_MIN = 1_000;

    static Amounts of(Json resources) {
        var kept = JsonObject.EMPTY;
        for (var list : LISTS) if (resources.at(list).isPresent()) kept = kept.with(list, resources.at(list));
        return new Amounts(kept);
    }

    /// Whether they are the same amounts, however they are written.
    boolean sameAs(Amounts other) {
        return RESIZABLE.stream().noneMatch(resource -> differs(other, resource));
    }

    boolean differs(Amounts other, String resource) {
        return LISTS.stream().anyMatch(list -> !amount(list, resource).equals(other.amount(list, resource)));
    }

    private Optional<Quantity> amount(String list, String resource) {
        return Quantity.of(json.at(list, resource));
    }

    /// What is asked for of a resource; its limit when nothing is.
    Quantity requested(String resource) {
        return amount("requests", resource).or(() -> amount("limits", resource)).orElse(Quantity.ZERO);
    }

    /// Zero when there is none.
    long memoryLimitBytes() {
        return amount("limits", "memory").orElse(Quantity.ZERO).roundedUp();
    }

    /// As CRI wants it.
    /// @param machineBytes the machine's memory
    JsonObject forRuntime(QosClass quality, long machineBytes) {
        long memory = memoryLimitBytes();
        long cpu = amount("limits", "cpu").orElse(Quantity.ZERO).milli();
        return JsonObject.of("cpu_period", cpu > 0 ? CPU_PERIOD_MICROS : null, "cpu_quota", cpu > 0 ? Math.max(CPU_QUOTA_MICROS_MIN,
                        cpu * CPU_PERIOD_MICROS / 1_000) : null,
                "cpu_shares", Math.clamp(requested("cpu").milli() * 1_024 / 1_000, 2, 262_144),
                "memory_limit_in_bytes", memory > 0 ? memory : null,
                "oom_score_adj", quality.oomScore(requested("memory").roundedUp(), machineBytes));
    }

    /// What a pod asks for altogether: its containers and sidecars, or more while one of its init containers runs.
    static Quantity requested(List<ContainerSpec> specs, String resource) {
        var running = sum(specs.stream().filter(ContainerSpec::countsAsReady), resource);
        var sidecars = sum(specs.stream().filter(spec -> spec.role() == ContainerSpec.Role.SIDECAR), resource);
        return specs.stream().filter(ContainerSpec::isInit).map(init -> init.requested(resource).plus(sidecars))
                .filter(peak -> peak.compareTo(running) > 0).max(Quantity::compareTo).orElse(running);
    }

    private static Quantity sum(Stream<ContainerSpec> specs, String resource) {
        return specs.map(spec -> spec.requested(resource)).reduce(Quantity.ZERO, Quantity::plus);
    }
}
