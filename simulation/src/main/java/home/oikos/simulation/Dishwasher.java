package home.oikos.simulation;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.Map;

/// A dishwasher: `phase`, `remaining` in minutes, `power` in watts, `running`. Set `running` to start a cycle or to break it off.
/// Flooding, it draws water without a cycle and spills it; software that floods draws it and pumps it out again.
final class Dishwasher extends Thing {
    private static final double FILL_LITRES_PER_MINUTE = 3;
    private static final double CYCLES_A_DAY = 2;

    /// The phases of a cycle in their order, with their length and what they draw.
    enum Phase {
        IDLE("Idle", 0, 2, false), FILLING("Filling", 240, 12, true), WASHING("Washing", 2_400, 1_900, false),
        RINSING("Rinsing", 900, 60, true), DRYING("Drying", 1_500, 700, false);

        final String word;
        final double seconds;
        final int watts;
        final boolean fills;

        Phase(String word, double seconds, int watts, boolean fills) {
            this.word = word;
            this.seconds = seconds;
            this.watts = watts;
            this.fills = fills;
        }

        Phase next() {
            return this == DRYING ? IDLE : values()[ordinal() + 1];
        }
    }

    private final Valve valve;
    private Phase phase = Phase.IDLE;
    private double secondsLeft;

    Dishwasher(String name, Valve valve) {
        super(name);
        this.valve = valve;
    }

    /// What it draws from the pipe now, the spilled water included.
    double litresPerMinute() {
        boolean fills = phase.fills || behaves("floods");
        double cycle = fills ? FILL_LITRES_PER_MINUTE * valve.opening() : 0;
        return cycle + spilledLitresPerMinute();
    }

    double spilledLitresPerMinute() {
        return has(Fault.FLOOD) ? FILL_LITRES_PER_MINUTE * valve.opening() : 0;
    }

    @Override
    void advance(double seconds, House house) {
        if (phase == Phase.IDLE) {
            if (house.happens(CYCLES_A_DAY, seconds)) begin(Phase.FILLING);
            return;
        }
        // Without water a filling phase waits, as a real one does.
        if (phase.fills && valve.opening() == 0 || has(Fault.STUCK)) return;
        secondsLeft -= seconds;
        if (secondsLeft <= 0) begin(phase.next());
    }

    @Override
    void restarts() {
        begin(Phase.IDLE);
    }

    private void begin(Phase next) {
        phase = next;
        secondsLeft = next.seconds;
    }

    private double remainingSeconds() {
        double rest = secondsLeft;
        for (var later = phase; later != Phase.IDLE && later.next() != Phase.IDLE; later = later.next()) rest += later.next().seconds;
        return rest;
    }

    @Override
    Map<String, Json> state() {
        return JsonObject.of("phase", phase.word, "running", phase != Phase.IDLE, "remaining", rounded(Math.ceil(remainingSeconds() / 60), 0),
                "power", phase.watts).members();
    }

    @Override
    JsonObject memory() {
        return JsonObject.of("phase", phase.name(), "secondsLeft", secondsLeft);
    }

    @Override
    void restore(JsonObject saved) {
        phase = Phase.valueOf(saved.at("phase").text(phase.name()));
        secondsLeft = saved.at("secondsLeft").decimal(0);
    }

    @Override
    boolean settable(String property) {
        return property.equals("running");
    }

    @Override
    void set(String property, Json value) {
        if (!settable(property)) throw unknown(property);
        boolean run = bool(value, "running");
        if (run && phase == Phase.IDLE) begin(Phase.FILLING);
        else if (!run) begin(Phase.IDLE);
    }
}
