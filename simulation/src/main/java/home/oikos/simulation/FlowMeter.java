package home.oikos.simulation;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/// The water meter: `flow` in litres per minute, `total` in litres. People open taps now and then.
final class FlowMeter extends Thing {
    private static final double TAPS_A_DAY = 40;
    private static final double TAP_LITRES_PER_MINUTE = 7;
    private static final double TAP_SECONDS = 45;

    private final Valve valve;
    private final List<DoubleSupplier> drawsLitresPerMinute;
    private double tapSecondsLeft;
    private double flow;
    private double totalLitres = 48_211;

    FlowMeter(String name, Valve valve, List<DoubleSupplier> drawsLitresPerMinute) {
        super(name);
        this.valve = valve;
        this.drawsLitresPerMinute = List.copyOf(drawsLitresPerMinute);
    }

    @Override
    void advance(double seconds, House house) {
        if (house.happens(TAPS_A_DAY, seconds)) tapSecondsLeft = TAP_SECONDS;
        tapSecondsLeft = Math.max(0, tapSecondsLeft - seconds);
        double tap = tapSecondsLeft > 0 ? TAP_LITRES_PER_MINUTE * valve.opening() : 0;
        flow = tap + drawsLitresPerMinute.stream().mapToDouble(DoubleSupplier::getAsDouble).sum();
        totalLitres += flow * seconds / 60;
    }

    @Override
    Map<String, Json> state() {
        return JsonObject.of("flow", rounded(flow, 1), "total", rounded(totalLitres, 0)).members();
    }

    @Override
    JsonObject memory() {
        return JsonObject.of("totalLitres", totalLitres);
    }

    @Override
    void restore(JsonObject saved) {
        totalLitres = saved.at("totalLitres").decimal(totalLitres);
    }

    @Override
    boolean settable(String property) {
        return false;
    }

    @Override
    void set(String property, Json value) {
        throw unknown(property);
    }
}
