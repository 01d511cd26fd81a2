package home.oikos.simulation;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Twenty litres of ale: `temperature` in degrees Celsius, `gravity` as specific gravity. The yeast [Yeast] eats sugar and warms the beer
/// while it does; heater and cooler move the vessel, the cellar pulls it back; a stirrer rouses yeast that has fallen asleep. The
/// hydrometer floats in foam, so its last digit is noise, and in cold beer it reads high.
final class Fermenter extends Thing {
    /// How much faster than the house the beer lives: for a demonstration a day of the yeast is two minutes, and the vessel warms as a
    /// small one would.
    record Pace(double yeast, double heat) {
        static final Pace REAL = new Pace(1, 1);
        static final Pace SHOW = new Pace(720, 30);
    }

    private static final double LITRES = 20;
    private static final double JOULES_PER_CELSIUS = LITRES * 4_000;
    private static final double HEATER_WATTS = 40;
    private static final double COOLER_WATTS = 60;
    private static final double LOSS_WATTS_PER_CELSIUS = 1.6;
    /// About 590 J per gram of sugar; a point of gravity in 20 l is about 52 g.
    private static final double JOULES_PER_POINT = 30_700;
    private static final double DAY_SECONDS = 86_400;
    /// A hydrometer in cold beer: yeast and carbon dioxide lift it by so much a degree (brewers see 1.011 become 1.020 in a cold crash).
    private static final double COLD_POINTS_PER_CELSIUS = 0.6;
    private static final double COLD_BELOW = 15;
    private static final double NOISE_POINTS = 0.15;
    private static final double NOISE_CELSIUS = 0.02;
    private static final Duration SHOW_PULSE = Duration.ofSeconds(2);
    /// So long a hydrometer goes on at that pace in beer that is made: until the batch has been cooled and is done.
    private static final double PULSES_ON_SECONDS = 3_600;

    private final Outlet heater;
    private final Outlet cooler;
    private final Outlet stirrer;
    private final Pace pace;
    private final Yeast yeast = new Yeast();
    private double celsius = 19;
    private double pointsPerDay;
    private double foam;
    private double flutter;
    private double madeSeconds;

    Fermenter(String name, Outlet heater, Outlet cooler, Outlet stirrer, Pace pace) {
        super(name);
        this.heater = heater;
        this.cooler = cooler;
        this.stirrer = stirrer;
        this.pace = pace;
    }

    /// How fast it ferments now, by the beer's own days; what the vapour sensor smells.
    double pointsPerDay() {
        return pointsPerDay;
    }

    double celsius() {
        return celsius;
    }

    @Override
    void advance(double seconds, House house) {
        double before = yeast.points();
        double yeastSeconds = seconds * pace.yeast();
        if (stirrer.on()) yeast.rouse();
        if (!has(Fault.STUCK)) yeast.eat(yeastSeconds / DAY_SECONDS, celsius);
        pointsPerDay = (before - yeast.points()) * DAY_SECONDS / yeastSeconds;
        double watts = (heater.on() ? HEATER_WATTS : 0) - (cooler.on() ? COOLER_WATTS
                : 0) - LOSS_WATTS_PER_CELSIUS * (celsius - house.ambientCelsius());
        celsius += (watts + pointsPerDay * JOULES_PER_POINT / DAY_SECONDS) * seconds * pace.heat() / JOULES_PER_CELSIUS;
        // Beer that is made lies still, and so does the house then.
        foam = yeast.isFed() ? 0 : house.noise(NOISE_POINTS);
        flutter = yeast.isFed() ? 0 : house.noise(NOISE_CELSIUS);
        madeSeconds = yeast.isFed() ? madeSeconds + seconds : 0;
    }

    @Override
    Optional<Duration> pulse() {
        return pace.yeast() > 1 && madeSeconds < PULSES_ON_SECONDS ? Optional.of(SHOW_PULSE) : Optional.empty();
    }

    @Override
    Map<String, Json> state() {
        double said = yeast.points() + foam + Math.max(0, COLD_BELOW - celsius) * COLD_POINTS_PER_CELSIUS;
        return JsonObject.of("temperature", rounded(celsius + flutter, 2), "gravity", rounded(1 + said / 1_000, 4)).members();
    }

    @Override
    JsonObject memory() {
        return yeast.memory().with("celsius", celsius).with("foam", foam).with("flutter", flutter).with("madeSeconds", madeSeconds);
    }

    @Override
    void restore(JsonObject saved) {
        celsius = saved.at("celsius").decimal(celsius);
        foam = saved.at("foam").decimal(0);
        flutter = saved.at("flutter").decimal(0);
        madeSeconds = saved.at("madeSeconds").decimal(0);
        yeast.restore(saved);
    }

    /// @throws IllegalArgumentException when there is nothing left to stall
    @Override
    void begins(Fault fault) {
        if (fault != Fault.STALLED) return;
        if (yeast.isFed()) throw new IllegalArgumentException("the beer is made and has nothing left to stall; other wort: --hand " + name()
                + " gravity=1.048");
        yeast.fallAsleep();
    }

    @Override
    void ends() {
        yeast.rouse();
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
            case "gravity" -> yeast.pitch((number(value, 0.99, 1.15, "gravity") - 1) * 1_000);
            default -> throw unknown(property);
        }
    }
}
