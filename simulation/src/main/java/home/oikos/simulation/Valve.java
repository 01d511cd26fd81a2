package home.oikos.simulation;

import home.oikos.api.Json;
import java.util.Map;

/// The motor valve behind the water meter: `open`. It takes [#TRAVEL_SECONDS] from end to end and says its end position.
final class Valve extends Thing {
    private static final double TRAVEL_SECONDS = 2;

    private boolean wantedOpen = true;
    /// 0 is shut, 1 is open.
    private double position = 1;

    Valve(String name) {
        super(name);
    }

    /// The share of the full flow that it lets through.
    double opening() {
        return position;
    }

    @Override
    void advance(double seconds, House house) {
        double travel = seconds / TRAVEL_SECONDS;
        position = Math.clamp(position + (wantedOpen ? travel : -travel), 0, 1);
    }

    @Override
    boolean isLively() {
        return super.isLively() || position != (wantedOpen ? 1 : 0);
    }

    @Override
    Map<String, Json> state() {
        return Map.of("open", Json.of(position > 0));
    }

    @Override
    boolean settable(String property) {
        return property.equals("open");
    }

    @Override
    void set(String property, Json value) {
        if (!settable(property)) throw unknown(property);
        wantedOpen = bool(value, "open");
    }
}
