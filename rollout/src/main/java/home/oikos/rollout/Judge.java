package home.oikos.rollout;

import java.util.List;

/// Evaluates checks about one device, as the house is now.
@FunctionalInterface
interface Judge {
    /// Those that are not true of it, in their order.
    List<Sign> complaints(List<Check> checks, Appliance about);
}
