package home.oikos.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// All things of a house and what flows between them: water, heat, time. Not for several threads; the same seed and the same calls
/// give the same house.
public final class House {
    /// Physics is integrated in steps no longer than this: the quickest thing (a valve) takes two seconds.
    private static final double STEP_SECONDS = 1;

    private final Map<String, Thing> things = new LinkedHashMap<>();
    private final RandomGenerator random;
    private double elapsedSeconds;

    public House(List<Thing> things, RandomGenerator random) {
        for (var thing : things) this.things.put(thing.name(), thing);
        this.random = random;
    }

    /// The house of the demo home, where everything takes its real time.
    public static House demo(RandomGenerator random) {
        return demo(random, Fermenter.Pace.REAL);
    }

    /// The same where beer ferments out in half an hour, for people who watch.
    public static House show(RandomGenerator random) {
        return demo(random, Fermenter.Pace.SHOW);
    }

    private static House demo(RandomGenerator random, Fermenter.Pace pace) {
        var things = new ArrayList<Thing>();
        for (var room : List.of("kitchen", "living", "porch")) things.add(carrying(new Light(room + "-light"), "dimmable-light", "1.0.0", 3));
        var valve = new Valve("water-valve");
        var dishwasher = new Dishwasher("dishwasher", valve);
        carrying(dishwasher, "dishwasher", "2.0.0", 6);
        var leak = new LeakSensor("leak-sensor", valve, dishwasher);
        things.addAll(List.of(valve, leak, dishwasher, new FlowMeter("flow-meter", valve, List.of(dishwasher::litresPerMinute, leak::litresPerMinute))));
        things.add(carrying(new Fridge("fridge"), "fridge", "1.0.0", 4));
        things.add(new DoorLock("front-door-lock"));
        things.addAll(corner(pace));
        things.add(new Dice("dice"));
        return new House(things, random);
    }

    /// The brewing corner alone, in its real time.
    public static House brewery(RandomGenerator random) {
        return new House(corner(Fermenter.Pace.REAL), random);
    }

    private static List<Thing> corner(Fermenter.Pace pace) {
        var heater = new Outlet("fermenter-heater");
        var cooler = new Outlet("fermenter-cooler");
        var stirrer = new Outlet("fermenter-stirrer");
        var fermenter = new Fermenter("fermenter", heater, cooler, stirrer, pace);
        var fan = new Outlet("brewery-fan");
        return List.of(fermenter, new VapourSensor("vapour-sensor", fermenter, fan), heater, cooler, fan, stirrer);
    }

    private static Thing carrying(Thing thing, String model, String version, double restartSeconds) {
        thing.carry(new Board(model, version, restartSeconds));
        return thing;
    }

    public List<Thing> things() {
        return List.copyOf(things.values());
    }

    /// @throws IllegalArgumentException when there is no such thing; the message names those there are
    public Thing thing(String name) {
        var thing = things.get(name);
        if (thing == null) throw new IllegalArgumentException("there is no " + name + " in the house; there are " + String.join(", ", things.keySet()));
        return thing;
    }

    /// Lets time pass.
    public void advance(Duration time) {
        double left = time.toNanos() / 1e9;
        while (left > 0) {
            double step = Math.min(left, STEP_SECONDS);
            elapsedSeconds += step;
            for (var thing : things.values()) thing.pass(step, this);
            left -= step;
        }
    }

    /// Whether something moves within seconds, so that coarse steps would show.
    boolean isLively() {
        return things.values().stream().anyMatch(Thing::isLively);
    }

    /// Degrees Celsius in the cellar: a slow wave over the day around 17.
    double ambientCelsius() {
        return 17 + 1.5 * Math.sin(2 * Math.PI * elapsedSeconds / 86_400);
    }

    /// Whether something that happens so many times a day happened in this step.
    boolean happens(double timesPerDay, double seconds) {
        return random.nextDouble() < timesPerDay * seconds / 86_400;
    }

    double noise(double sigma) {
        return random.nextGaussian() * sigma;
    }
}
