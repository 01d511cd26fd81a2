package home.oikos.simulation;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.Map;

/// Ethanol in the air of the brewing corner: `ethanol` in parts per million. It follows the fermentation with the slowness of a room
/// that is aired once an hour. Flooding means a spill: the value runs up to [#SPILL_PPM].
final class VapourSensor extends Thing {
    private static final double AIR_CHANGE_SECONDS = 3_600;
    private static final double PPM_PER_POINT_A_DAY = 9;
    private static final double SPILL_PPM = 1_800;
    private static final double SPILL_SECONDS = 20;

    private final Fermenter fermenter;
    private double ppm = 60;

    VapourSensor(String name, Fermenter fermenter) {
        super(name);
        this.fermenter = fermenter;
    }

    @Override
    void advance(double seconds, House house) {
        if (has(Fault.STUCK)) return;
        boolean spill = has(Fault.FLOOD);
        double towards = spill ? SPILL_PPM : fermenter.pointsPerDay() * PPM_PER_POINT_A_DAY;
        double share = 1 - Math.exp(-seconds / (spill ? SPILL_SECONDS : AIR_CHANGE_SECONDS));
        ppm = Math.max(0, ppm + (towards - ppm) * share + house.noise(0.05));
    }

    @Override
    Map<String, Json> state() {
        return Map.of("ethanol", rounded(ppm, 0));
    }

    @Override
    JsonObject memory() {
        return JsonObject.of("ppm", ppm);
    }

    @Override
    void restore(JsonObject saved) {
        ppm = saved.at("ppm").decimal(ppm);
    }

    @Override
    boolean settable(String property) {
        return property.equals("ethanol");
    }

    /// A hand with a glass of schnapps, or an open window.
    @Override
    void set(String property, Json value) {
        if (!settable(property)) throw unknown(property);
        ppm = number(value, 0, 20_000, "ethanol");
    }
}
