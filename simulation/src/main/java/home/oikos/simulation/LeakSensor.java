package home.oikos.simulation;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.Map;

/// A sensor on the cellar floor: `wet`. Water comes from a burst pipe ([Fault#FLOOD]) as long as the valve lets it through, and from a
/// dishwasher that runs over; the drain takes it away again.
final class LeakSensor extends Thing {
    private static final double BURST_LITRES_PER_MINUTE = 6;
    private static final double DRAIN_LITRES_PER_MINUTE = 1;
    private static final double WET_FROM_LITRES = 0.05;
    private static final double FLOOR_LITRES_MAX = 20;

    private final Valve valve;
    private final Dishwasher dishwasher;
    private double floorLitres;

    LeakSensor(String name, Valve valve, Dishwasher dishwasher) {
        super(name);
        this.valve = valve;
        this.dishwasher = dishwasher;
    }

    /// What flows out of the burst pipe now.
    double litresPerMinute() {
        return has(Fault.FLOOD) ? BURST_LITRES_PER_MINUTE * valve.opening() : 0;
    }

    @Override
    void advance(double seconds, House house) {
        double flow = litresPerMinute() + dishwasher.spilledLitresPerMinute() - DRAIN_LITRES_PER_MINUTE;
        floorLitres = Math.clamp(floorLitres + flow * seconds / 60, 0, FLOOR_LITRES_MAX);
    }

    @Override
    Map<String, Json> state() {
        return Map.of("wet", Json.of(!has(Fault.STUCK) && floorLitres >= WET_FROM_LITRES));
    }

    @Override
    JsonObject memory() {
        return JsonObject.of("floorLitres", floorLitres);
    }

    @Override
    void restore(JsonObject saved) {
        floorLitres = saved.at("floorLitres").decimal(0);
    }

    @Override
    boolean settable(String property) {
        return property.equals("wet");
    }

    /// A hand with a wet or a dry cloth.
    @Override
    void set(String property, Json value) {
        if (!settable(property)) throw unknown(property);
        floorLitres = bool(value, "wet") ? 2 : 0;
    }
}
