package home.oikos.gateway;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.controller.LabelSelector;
import java.util.List;
import java.util.stream.Stream;

/// The parts of a FirmwareRollout that the gateway goes by: what it reads of devices, and whom its namespace cannot spare.
///
/// @param expressions its gates and signs of health, which are about a device of it
/// @param selector which devices those are; absent for all
/// @param maxUnavailable how many of those of one model may be under way at once
record RolloutSpec(ObjectKey key, List<String> expressions, LabelSelector selector, int maxUnavailable, List<Budget> budgets) {
    /// How many of some devices may be away at once.
    record Budget(String name, LabelSelector selector, int maxUnavailable) {
        static Budget read(Json budget) {
            return new Budget(budget.at("name").text(""), LabelSelector.of(budget.at("selector")), budget.at("maxUnavailable").integer(1));
        }
    }

    RolloutSpec {
        expressions = List.copyOf(expressions);
        budgets = List.copyOf(budgets);
    }

    static RolloutSpec read(Json rollout) {
        var spec = rollout.at("spec");
        var checks = Stream.concat(spec.at("gates").array().stream(), spec.at("health").array().stream());
        return new RolloutSpec(ObjectKey.of(rollout), checks.map(check -> check.at("expression").text("")).toList(), LabelSelector.of(spec.at("selector")),
                spec.at("maxUnavailable").integer(1), spec.at("disruptionBudgets").array().stream().map(Budget::read).toList());
    }

    boolean isAbout(DeviceSpec device) {
        return key.namespace().equals(device.key().namespace()) && (!selector.present() || selector.matches(device.labels()));
    }
}
