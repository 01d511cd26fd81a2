package home.oikos.simulation;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.Map;

/// A dimmable lamp: `on`, and `brightness` in percent.
final class Light extends Thing {
    private boolean on;
    private double brightnessPercent = 80;

    Light(String name) {
        super(name);
    }

    @Override
    void advance(double seconds, House house) { }

    @Override
    Map<String, Json> state() {
        return JsonObject.of("on", on, "brightness", Math.round(brightnessPercent)).members();
    }

    @Override
    boolean settable(String property) {
        return state().containsKey(property);
    }

    @Override
    void set(String property, Json value) {
        switch (property) {
            case "on" -> on = bool(value, "on");
            case "brightness" -> brightnessPercent = number(value, 0, 100, "brightness");
            default -> throw unknown(property);
        }
    }
}
