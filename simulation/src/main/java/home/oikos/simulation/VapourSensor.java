package home.oikos.simulation;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.Map;

/// The air of the brewing corner: `ethanol` and `co2` in parts per million. They follow the fermentation with the slowness of a room that is aired once
/// an hour, or every few minutes while the fan runs. Flooding means a spill: ethanol runs up to [#SPILL_PPM],
/// and when it is wiped up the room is aired.
final class VapourSensor extends Thing {
    private static final double AIR_CHANGE_SECONDS = 3_600;
    private static final double FAN_CHANGE_SECONDS = 300;
    private static final double PPM_PER_POINT_A_DAY = 9;
    private static final double SPILL_PPM = 1_800;
    private static final double SPILL_SECONDS = 10;
    /// Who wipes up a spill opens the door, and shuts it when the air is as it was.
    private static final double DOOR_SECONDS = 20;
    private static final double AIRED_PPM = 50;

    /// Outside, and what a batch adds: a point of gravity in 20 litres is about 26 g of gas.
    private static final double OUTSIDE_CO2_PPM = 420;
    private static final double CO2_PPM_PER_POINT_A_DAY = 45;

    private final Fermenter fermenter;
    private final Outlet fan;
    private double ppm = 60;
    private double co2 = OUTSIDE_CO2_PPM;
    private boolean spilled;
    private boolean doorOpen;

    VapourSensor(String name, Fermenter fermenter, Outlet fan) {
        super(name);
        this.fermenter = fermenter;
        this.fan = fan;
    }

    @Override
    void advance(double seconds, House house) {
        if (has(Fault.STUCK)) return;
        boolean spill = has(Fault.FLOOD);
        double airSeconds = fan.on() ? FAN_CHANGE_SECONDS : AIR_CHANGE_SECONDS;
        double aired = airSeconds / AIR_CHANGE_SECONDS;
        double towards = spill ? SPILL_PPM : fermenter.pointsPerDay() * PPM_PER_POINT_A_DAY * aired;
        doorOpen = !spill && (doorOpen || spilled) && ppm - towards > AIRED_PPM;
        spilled = spill;
        ppm = Math.max(0, ppm + (towards - ppm) * share(seconds, spill ? SPILL_SECONDS : doorOpen ? DOOR_SECONDS : airSeconds) + house.noise(0.05));
        double gas = OUTSIDE_CO2_PPM + fermenter.pointsPerDay() * CO2_PPM_PER_POINT_A_DAY * aired;
        co2 += (gas - co2) * share(seconds, airSeconds);
    }

    @Override
    boolean isLively() {
        return super.isLively() || doorOpen || spilled;
    }

    /// How much of a difference is gone after so many seconds.
    private static double share(double seconds, double slowness) {
        return 1 - Math.exp(-seconds / slowness);
    }

    @Override
    Map<String, Json> state() {
        return JsonObject.of("ethanol", rounded(ppm, 0), "co2", rounded(co2, 0)).members();
    }

    @Override
    JsonObject memory() {
        return JsonObject.of("ppm", ppm, "co2", co2);
    }

    @Override
    void restore(JsonObject saved) {
        ppm = saved.at("ppm").decimal(ppm);
        co2 = saved.at("co2").decimal(co2);
    }

    @Override
    boolean settable(String property) {
        return state().containsKey(property);
    }

    /// A hand with a glass of schnapps, a leaking bottle of gas, or an open window.
    @Override
    void set(String property, Json value) {
        switch (property) {
            case "ethanol" -> ppm = number(value, 0, 20_000, "ethanol");
            case "co2" -> co2 = number(value, 0, 100_000, "co2");
            default -> throw unknown(property);
        }
    }
}
