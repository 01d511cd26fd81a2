package home.oikos.simulation;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.Map;

/// A fridge with a thermostat of its own: `temperature` and `target` in degrees Celsius, `compressor`, `door`, `power` in watts.
/// Stuck, its compressor no longer starts.
final class Fridge extends Thing {
    private static final double ROOM_CELSIUS = 21;
    private static final double HYSTERESIS = 0.8;
    private static final double COMPRESSOR_REST_SECONDS = 300;
    private static final double WARMING_PER_SECOND = 1 / 28_000.0;
    private static final double DOOR_WARMING_PER_SECOND = 1 / 1_500.0;
    private static final double COOLING_CELSIUS_PER_SECOND = 0.0022;
    private static final double DOORS_A_DAY = 30;

    private double celsius = 4.2;
    private double target = 4;
    private boolean compressor;
    private double restSeconds = COMPRESSOR_REST_SECONDS;
    private double doorSecondsLeft;

    Fridge(String name) {
        super(name);
    }

    @Override
    void advance(double seconds, House house) {
        if (house.happens(DOORS_A_DAY, seconds)) doorSecondsLeft = 20;
        doorSecondsLeft = Math.max(0, doorSecondsLeft - seconds);
        double leak = doorSecondsLeft > 0 ? DOOR_WARMING_PER_SECOND : WARMING_PER_SECOND;
        celsius += (ROOM_CELSIUS - celsius) * leak * seconds;
        if (compressor) celsius -= COOLING_CELSIUS_PER_SECOND * seconds;
        thermostat(seconds);
    }

    private void thermostat(double seconds) {
        restSeconds = compressor ? 0 : restSeconds + seconds;
        if (compressor && (celsius < target - HYSTERESIS / 2 || has(Fault.STUCK))) compressor = false;
        else if (!compressor && celsius > target + HYSTERESIS / 2 && restSeconds >= COMPRESSOR_REST_SECONDS && !has(Fault.STUCK)) compressor = true;
    }

    @Override
    Map<String, Json> state() {
        return JsonObject.of("temperature", rounded(celsius, 1), "target", rounded(target, 1), "compressor", compressor,
                "door", doorSecondsLeft > 0 ? "Open" : "Closed", "power", compressor ? 84 : 3).members();
    }

    @Override
    JsonObject memory() {
        return JsonObject.of("celsius", celsius, "target", target);
    }

    @Override
    void restore(JsonObject saved) {
        celsius = saved.at("celsius").decimal(celsius);
        target = saved.at("target").decimal(target);
    }

    @Override
    boolean settable(String property) {
        return property.equals("target");
    }

    @Override
    void set(String property, Json value) {
        if (!settable(property)) throw unknown(property);
        target = number(value, 1, 10, "target");
    }
}
