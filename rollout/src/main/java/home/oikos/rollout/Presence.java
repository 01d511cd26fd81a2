package home.oikos.rollout;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Who of a namespace is there, and whom its budgets can spare.
///
/// @param devices all of the namespace by name
/// @param down those that the home cannot count on now
/// @param budgets those of all its rollouts
record Presence(Map<String, Appliance> devices, Set<String> down, List<Budget> budgets) {
    Presence {
        devices = Map.copyOf(devices);
        down = Set.copyOf(down);
        budgets = List.copyOf(budgets);
    }

    Presence without(String device) {
        var fewer = new HashSet<>(down);
        fewer.add(device);
        return new Presence(devices, fewer, budgets);
    }

    /// Why a device may not go away now; empty when the home can spare it.
    Optional<String> refusal(Appliance device) {
        return budgets.stream().filter(budget -> budget.selector().matches(device.labels())).flatMap(budget -> refusal(budget, device).stream()).findFirst();
    }

    private Optional<String> refusal(Budget budget, Appliance device) {
        var others = down.stream().filter(name -> !name.equals(device.name())).filter(name -> isOf(budget, name)).sorted().toList();
        if (others.size() < budget.maxUnavailable()) return Optional.empty();
        if (others.isEmpty()) return Optional.of("budget %s of rollout %s spares none".formatted(budget.name(), budget.rolloutName()));
        return Optional.of("%s %s away, and budget %s of rollout %s spares %d".formatted(others.stream().limit(3).collect(Collectors.joining(", ")),
                others.size() == 1 ? "is" : "are", budget.name(), budget.rolloutName(), budget.maxUnavailable()));
    }

    private boolean isOf(Budget budget, String name) {
        var device = devices.get(name);
        return device != null && budget.selector().matches(device.labels());
    }
}
