package home.oikos.node;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Ends pods when memory runs out, one a round, before the kernel picks a process itself. First those that use more than they asked for,
/// then the less important, then those furthest above what they asked for.
record Evictions(Workbench bench, NodePressure pressure) {
    /// Pods of this priority and above belong to the system and stay.
    private static final int SYSTEM_PRIORITY = 2_000_000_000;

    void runOnce(Collection<PodWorker> workers) {
        if (!pressure.memoryNow()) return;
        var used = bench.runtime().usage().values().stream()
                .collect(Collectors.groupingBy(ContainerRuntime.Usage::podUid, Collectors.summingLong(ContainerRuntime.Usage::memoryBytes)));
        var candidates = workers.stream().flatMap(worker -> worker.view().stream()).toList();
        var victim = victim(candidates, used);
        victim.flatMap(view -> workers.stream().filter(worker -> worker.identity().equals(view.identity())).findFirst())
                .ifPresent(worker -> evict(worker, victim.get(), used.get(victim.get().identity().uid())));
    }

    private void evict(PodWorker worker, PodView view, long usedBytes) {
        var message = "The node was low on resource: memory. Threshold quantity: 100Mi, available: %dKi. The pod was using %dKi, request is %dKi."
                .formatted(pressure.availableBytes() >> 10, usedBytes >> 10, requested(view) >> 10);
        worker.evict(new PodVerdict("Evicted", message));
        bench.events().warning(view.pod(), "", "Evicted", message);
    }

    /// @param used bytes of memory by pod uid
    static Optional<PodView> victim(Collection<PodView> pods, Map<String, Long> used) {
        return pods.stream().filter(view -> used.containsKey(view.identity().uid()) && !view.running().isEmpty())
                .filter(view -> !view.isDeleting() && PodEnd.of(view).isEmpty() && priority(view) < SYSTEM_PRIORITY)
                .min(Comparator.comparing((PodView view) -> excess(view, used) <= 0).thenComparing(Evictions::priority)
                        .thenComparing(view -> -excess(view, used)));
    }

    private static int priority(PodView view) {
        return view.pod().at("spec", "priority").integer(0);
    }

    private static long excess(PodView view, Map<String, Long> used) {
        return used.get(view.identity().uid()) - requested(view);
    }

    private static long requested(PodView view) {
        return view.specs().stream().filter(ContainerSpec::countsAsReady).mapToLong(spec -> spec.requested("memory").roundedUp()).sum();
    }
}
