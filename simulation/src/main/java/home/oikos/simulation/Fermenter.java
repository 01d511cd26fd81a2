package home.oikos.simulation;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.Map;

/// Twenty litres of ale: `temperature` in degrees Celsius, `gravity` as specific gravity. Yeast eats sugar the faster the warmer
/// it is and the more is left, and warms the beer while it does; heater and cooler move the vessel, the cellar pulls it back.
final class Fermenter extends Thing {
    private static final double LITRES = 20;
    private static final double JOULES_PER_CELSIUS = LITRES * 4_000;
    private static final double HEATER_WATTS = 40;
    private static final double COOLER_WATTS = 60;
    private static final double LOSS_WATTS_PER_CELSIUS = 1.6;
    /// About 590 J per gram of sugar; a point of gravity in 20 l is about 52 g.
    private static final double JOULES_PER_POINT = 30_700;
    private static final double FINAL_POINTS = 12;
    /// Points a day at 19 degrees with all the sugar there: a healthy ale drops its first 20 points in about two days.
    private static final double POINTS_PER_DAY = 14;

    private final Outlet heater;
    private final Outlet cooler;
    private double celsius = 19;
    /// Gravity in points: 1.056 is 56.
    private double points = 48;
    private double pointsPerDay;

    Fermenter(String name, Outlet heater, Outlet cooler) {
        super(name);
        this.heater = heater;
        this.cooler = cooler;
    }

    /// How fast it ferments now; what the vapour sensor smells.
    double pointsPerDay() {
        return pointsPerDay;
    }

    double celsius() {
        return celsius;
    }

    @Override
    void advance(double seconds, House house) {
        double sugar = Math.max(0, points - FINAL_POINTS) / 44;
        // Yeast sleeps below 8 degrees; each 8 degrees more double its appetite.
        pointsPerDay = celsius < 8 || has(Fault.STUCK) ? 0 : POINTS_PER_DAY * sugar * Math.pow(2, (celsius - 19) / 8);
        double eaten = pointsPerDay * seconds / 86_400;
        points -= eaten;
        double watts = (heater.on() ? HEATER_WATTS : 0) - (cooler.on() ? COOLER_WATTS : 0) - LOSS_WATTS_PER_CELSIUS * (celsius - house.ambientCelsius());
        celsius += (watts * seconds + eaten * JOULES_PER_POINT) / JOULES_PER_CELSIUS;
    }

    @Override
    Map<String, Json> state() {
        return JsonObject.of("temperature", rounded(celsius, 2), "gravity", rounded(1 + points / 1_000, 4)).members();
    }

    @Override
    JsonObject memory() {
        return JsonObject.of("celsius", celsius, "points", points);
    }

    @Override
    void restore(JsonObject saved) {
        celsius = saved.at("celsius").decimal(celsius);
        points = saved.at("points").decimal(points);
    }

    @Override
    boolean settable(String property) {
        return state().containsKey(property);
    }

    /// A hand that pitches another batch or pours in something cold.
    @Override
    void set(String property, Json value) {
        switch (property) {
            case "temperature" -> celsius = number(value, -5, 60, "temperature");
            case "gravity" -> points = (number(value, 0.99, 1.15, "gravity") - 1) * 1_000;
            default -> throw unknown(property);
        }
    }
}
