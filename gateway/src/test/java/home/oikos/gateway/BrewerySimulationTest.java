package home.oikos.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import home.oikos.api.Json;
import home.oikos.client.Seeds;
import home.oikos.simulation.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// A brewery in which everything goes wrong for hours (dead, lying and stuck things, vapour, kills and restarts, clocks that are lost and set, hands on
/// switches and in the API) and stays safe, as [BreweryWatch] has it; once all is calm its thermostat holds the beer where it is wanted. Replay one seed:
/// `-Doikos.seed=N`. An ordinary run takes the same seeds each time, `-Doikos.soak=true` fresh ones.
class BrewerySimulationTest {
    private static final int SEEDS = 60;
    private static final int STORM_SECONDS = 2 * 3_600;
    /// Something happens this often in a storm.
    private static final double EVENT = 1.0 / 150;
    /// Dead time, rest and the after-effect of what ran last.
    private static final int BEGINS_SECONDS = 45 * 60;
    private static final int SETTLES_SECONDS = 90 * 60;
    private static final double OFF_TARGET_MAX = 0.8;

    @Test void whateverGoesWrongTheBreweryStaysSafeAndRegulatesAgain() {
        var seeds = Seeds.of(LongStream.rangeClosed(1, SEEDS)).toArray();
        var wrong = LongStream.of(seeds).parallel().mapToObj(BrewerySimulationTest::wrong).flatMap(Optional::stream).toList();
        System.out.printf("brewery simulation: %d seeds%n", seeds.length);
        assertEquals(List.of(), wrong);
    }

    static Optional<String> wrong(long seed) {
        try {
            live(new SimulatedBrewery(seed));
            return Optional.empty();
        } catch (AssertionError wrong) {
            return Optional.of("seed %d: %s".formatted(seed, wrong.getMessage()));
        }
    }

    private static void live(SimulatedBrewery brewery) {
        brewery.target(brewery.random.nextInt(14, 25));
        while (brewery.second < STORM_SECONDS) {
            if (brewery.random.nextDouble() < EVENT) happens(brewery);
            brewery.step();
        }
        calm(brewery);
    }

    private static void happens(SimulatedBrewery brewery) {
        var random = brewery.random;
        var thing = SimulatedBrewery.THINGS.get(random.nextInt(SimulatedBrewery.THINGS.size()));
        var name = SimulatedBrewery.SWITCHES.get(random.nextInt(SimulatedBrewery.SWITCHES.size()));
        switch (random.nextInt(16)) {
            case 0 -> brewery.world.thing(thing).fault(Fault.DROP_OFF);
            case 1 -> brewery.mute.add(thing);
            case 2 -> brewery.world.thing(name).fault(Fault.STUCK);
            case 3 -> lies(brewery);
            case 4 -> brewery.world.thing(SimulatedBrewery.NOSE).hand("ethanol", Json.of(random.nextInt(9_000)));
            case 5 -> brewery.kill(random.nextInt(1, 900));
            case 6 -> brewery.setClock(brewery.clockError().plusSeconds(random.nextInt(-7_200, 7_200)));
            case 7 -> losesTheTime(brewery);
            case 8 -> { if (!brewery.isSilent(name)) brewery.hand(name, random.nextBoolean()); }
            case 9 -> brewery.want(name, "on", random.nextBoolean());
            case 10 -> brewery.want(name);
            case 11 -> brewery.target(random.nextInt(10, 28));
            case 12 -> brewery.reset();
            default -> mends(brewery, thing);
        }
    }

    private static void lies(SimulatedBrewery brewery) {
        double wrong = brewery.random.nextDouble(-12, 12);
        double frozen = brewery.truth(SimulatedBrewery.VESSEL, "temperature");
        brewery.lie = switch (brewery.random.nextInt(5)) {
            case 0 -> _ -> 850;
            case 1 -> _ -> -127;
            case 2 -> _ -> Double.NaN;
            case 3 -> _ -> frozen;
            default -> celsius -> celsius + wrong;
        };
    }

    /// A small computer without a battery: it starts in the past, and the network sets its clock later.
    private static void losesTheTime(SimulatedBrewery brewery) {
        brewery.losesPower(brewery.random.nextInt(5, 60));
        brewery.setClock(Duration.ofDays(-brewery.random.nextInt(1, 2_000)));
    }

    private static void mends(SimulatedBrewery brewery, String thing) {
        brewery.world.thing(thing).mend();
        brewery.mute.remove(thing);
        if (thing.equals(SimulatedBrewery.VESSEL)) brewery.lie = celsius -> celsius;
        if (brewery.random.nextBoolean()) brewery.setClock(Duration.ZERO);
    }

    private static void calm(SimulatedBrewery brewery) {
        brewery.calmDown();
        runs(brewery, 960);
        brewery.reset();
        double celsius = brewery.truth(SimulatedBrewery.VESSEL, "temperature");
        boolean cools = brewery.random.nextBoolean();
        double target = celsius + (cools ? -1 : 1);
        brewery.target(target);
        var output = brewery.switches.get(cools ? SimulatedBrewery.COOLER : SimulatedBrewery.HEATER);
        long calm = brewery.second;
        while (!output.on() && brewery.second < calm + BEGINS_SECONDS) brewery.step();
        if (!output.on()) throw new AssertionError("%s does not come on once all is calm: %s".formatted(cools ? "the cooler" : "the heater",
                brewery.status(SimulatedBrewery.VESSEL).at("control")));
        runs(brewery, SETTLES_SECONDS);
        double found = brewery.truth(SimulatedBrewery.VESSEL, "temperature");
        if (Math.abs(found - target) > OFF_TARGET_MAX) {
            throw new AssertionError("%.1f °C once all is calm, wanted %.1f: %s".formatted(found, target,
                    brewery.status(SimulatedBrewery.VESSEL).at("control")));
        }
    }

    private static void runs(SimulatedBrewery brewery, int seconds) {
        for (int i = 0; i < seconds; i++) brewery.step();
    }
}
