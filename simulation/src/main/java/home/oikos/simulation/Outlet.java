package home.oikos.simulation;

import home.oikos.api.Json;
import java.util.Map;

/// A switched outlet with something plugged in: `on`.
final class Outlet extends Thing {
    private boolean on;

    Outlet(String name) {
        super(name);
    }

    boolean on() {
        return on;
    }

    @Override
    void advance(double seconds, House house) { }

    @Override
    Map<String, Json> state() {
        return Map.of("on", Json.of(on));
    }

    @Override
    boolean settable(String property) {
        return property.equals("on");
    }

    @Override
    void set(String property, Json value) {
        if (!settable(property)) throw unknown(property);
        on = bool(value, "on");
    }
}
