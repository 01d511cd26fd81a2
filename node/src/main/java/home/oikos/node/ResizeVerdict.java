package home.oikos.node;

import home.oikos.api.Json;
import home.oikos.api.Quantity;
import home.oikos.node.Resizes.Pending;
import java.util.Collection;
import java.util.Optional;

/// Whether the machine has what a pod that runs wants to have from now on. Pure.
/// @param allocatable what the node has for pods
/// @param others the other pods of the node, with what they were granted
record ResizeVerdict(Json allocatable, Collection<PodView> others) {
    /// @return empty when the pod may have it
    Optional<Pending> of(Json pod) {
        return beyondMachine(pod).or(() -> Amounts.RESIZABLE.stream().flatMap(resource -> shortage(pod, resource).stream()).findFirst());
    }

    private Optional<Pending> beyondMachine(Json pod) {
        for (var resource : Amounts.RESIZABLE) {
            if (wanted(pod, resource).compareTo(capacity(resource)) > 0) return Optional.of(new Pending(Pending.INFEASIBLE,
                    "Node didn't have enough capacity: %s, requested: %d, capacity: %d".formatted(resource,
                    counted(wanted(pod, resource), resource), counted(capacity(resource), resource))));
        }
        return Optional.empty();
    }

    private Optional<Pending> shortage(Json pod, String resource) {
        var used = others.stream().filter(view -> PodEnd.of(view).isEmpty()).map(view -> wanted(view.pod(), resource))
                .reduce(Quantity.ZERO, Quantity::plus);
        var wanted = wanted(pod, resource);
        if (used.plus(wanted).compareTo(capacity(resource)) <= 0) return Optional.empty();
        return Optional.of(new Pending(Pending.DEFERRED,
                "Node didn't have enough resource: %s, requested: %d, used: %d, capacity: %d".formatted(resource,
                counted(wanted, resource), counted(used, resource), counted(capacity(resource), resource))));
    }

    private static Quantity wanted(Json pod, String resource) {
        return Amounts.requested(ContainerSpec.all(pod), resource);
    }

    private Quantity capacity(String resource) {
        return Quantity.of(allocatable.at(resource)).orElse(Quantity.ZERO);
    }

    /// CPU in thousandths, memory in bytes.
    private static long counted(Quantity amount, String resource) {
        return resource.equals("cpu") ? amount.milli() : amount.roundedUp();
    }
}
