package home.oikos.workloads;

import home.oikos.api.Json;

/// A number, or a percentage of something.
final class IntOrPercent {
    private IntOrPercent() { }

    /// @param up whether a fraction counts as a whole
    static int of(Json value, int total, boolean up) {
        var percent = value.text("");
        if (!percent.endsWith("%")) return value.integer(0);
        double share = Integer.parseInt(percent.substring(0, percent.length() - 1)) / 100.0 * total;
        return (int) (up ? Math.ceil(share) : Math.floor(share));
    }
}
