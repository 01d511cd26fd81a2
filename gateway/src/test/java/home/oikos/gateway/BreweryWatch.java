package home.oikos.gateway;

import home.oikos.driver.Command;
import home.oikos.driver.Value;
import home.oikos.simulation.Fault;
import java.util.HashMap;
import java.util.Map;

/// Sees to it that a simulated brewery stays safe, by what is truly so and by what the gateway could know. Times are true seconds.
final class BreweryWatch {
    private static final int DEAD_SECONDS = 600;
    private static final int REST_SECONDS = 300;
    /// Two periods of a sensor.
    private static final int STALE_SECONDS = 60;
    /// Until a report arrived, commands were lost and sent again, and the outlet obeyed.
    private static final int REACTION_SECONDS = 240;
    private static final double TENTH_PPM = 3_300;
    private static final double FIFTH_PPM = 6_600;
    private static final double COLDEST = -5;
    private static final double WARMEST = 35;
    private static final long NOT_NOW = Long.MAX_VALUE;

    private final SimulatedBrewery brewery;
    private final Map<String, Long> fineSince = new HashMap<>();
    private long feltAt = Long.MIN_VALUE / 2;
    private double felt = Double.NaN;
    private final Latch tenth = new Latch(TENTH_PPM);
    private final Latch fifth = new Latch(FIFTH_PPM);
    private long blindSince = NOT_NOW;
    private long fumesSince = NOT_NOW;
    private long manyFumesSince = NOT_NOW;
    private long bothSince = NOT_NOW;

    BreweryWatch(SimulatedBrewery brewery) {
        this.brewery = brewery;
    }

    // What the gateway hears and does.

    void heard(String thing, RadioLine.Report report) {
        for (var reading : report.readings()) {
            if (reading.value() instanceof Value.Bool(var on)) heard(brewery.switches.get(thing), on, report.said());
            if (!(reading.value() instanceof Value.Number(var value))) continue;
            if (reading.property().equals("temperature")) felt(value);
            if (reading.property().equals("ethanol")) smelled(value);
        }
    }

    private void heard(TrueSwitch output, boolean on, long said) {
        if (on) output.heard(said, brewery.second);
        else output.heardOff(said, brewery.second);
    }

    private void felt(double celsius) {
        felt = celsius;
        feltAt = brewery.second;
    }

    private void smelled(double ppm) {
        tenth.smells(ppm);
        fifth.smells(ppm);
    }

    void reset() {
        tenth.reset();
        fifth.reset();
    }

    /// What the gateway smelled stays latched until a person has reset it and it is gone, in whichever order.
    private static final class Latch {
        private final double limit;
        private boolean latched;
        private boolean smells;
        private boolean reset;

        private Latch(double limit) {
            this.limit = limit;
        }

        private void smells(double ppm) {
            smells = ppm >= limit;
            if (smells && !latched) reset = false;
            latched = smells || latched && !reset;
        }

        private void reset() {
            reset = latched;
            latched &= smells;
        }
    }

    void leaves(Command command) {
        var name = command.device().name();
        boolean on = command.value().equals(new Value.Bool(true));
        if (name.equals(SimulatedBrewery.FAN)) expect(on || !tenth.latched, "the fan is told to stop although the vapour is latched");
        if (!on) return;
        if (name.equals(SimulatedBrewery.COOLER)) expect(!fifth.latched, "the cooler is told to run although much vapour is latched");
        if (!name.equals(SimulatedBrewery.HEATER)) return;
        expect(!tenth.latched, "the heater is told to heat although vapour is latched");
        // What was said before a start counts for as long again.
        long known = Math.max(feltAt, brewery.upSince);
        expect(brewery.second - known <= STALE_SECONDS, "the heater is told to heat by a thermometer that is silent");
        expect(felt >= COLDEST && felt < WARMEST || feltAt < brewery.upSince, "the heater is told to heat at " + felt);
    }

    /// An order turns an outlet on that was off.
    void turnsOn(String name, RadioLine.Order order) {
        if (name.equals(SimulatedBrewery.FAN)) return;
        var other = name.equals(SimulatedBrewery.HEATER) ? SimulatedBrewery.COOLER : SimulatedBrewery.HEATER;
        var opposite = brewery.switches.get(other);
        expect(!(opposite.on() && opposite.wasOn(brewery.second, order.sent())), name + " is turned on while the other is on");
        expect(!opposite.wasOn(brewery.second - DEAD_SECONDS, order.sent()), name + " is turned on within the dead time");
        boolean rests = name.equals(SimulatedBrewery.COOLER) && brewery.switches.get(name).wentOff(brewery.second - REST_SECONDS, order.sent());
        expect(!rests, "the compressor is turned on before it has rested");
    }

    // What is so.

    void look() {
        for (var name : SimulatedBrewery.SWITCHES) fineSince.put(name, since(fineSince.getOrDefault(name, NOT_NOW), isFine(name)));
        var lie = brewery.lie.applyAsDouble(brewery.truth(SimulatedBrewery.VESSEL, "temperature"));
        boolean blind = brewery.isSilent(SimulatedBrewery.VESSEL) || !(lie >= COLDEST && lie < WARMEST);
        blindSince = since(blindSince, blind);
        double ppm = brewery.truth(SimulatedBrewery.NOSE, "ethanol");
        boolean noseless = brewery.isSilent(SimulatedBrewery.NOSE);
        fumesSince = since(fumesSince, noseless || ppm >= TENTH_PPM);
        manyFumesSince = since(manyFumesSince, noseless || ppm >= FIFTH_PPM);
        bothSince = since(bothSince, isOn(SimulatedBrewery.HEATER) && isOn(SimulatedBrewery.COOLER));
        expectSoon(SimulatedBrewery.HEATER, false, stale(blindSince), "it is on although the thermometer is dead");
        expectSoon(SimulatedBrewery.HEATER, false, stale(fumesSince), "it is on although there is vapour");
        expectSoon(SimulatedBrewery.COOLER, false, stale(manyFumesSince), "it is on although there is much vapour");
        expectSoon(SimulatedBrewery.FAN, true, stale(fumesSince), "it does not air the room although there is vapour");
        if (fineSince.get(SimulatedBrewery.COOLER) != NOT_NOW) {
            expectSoon(SimulatedBrewery.HEATER, false, bothSince, "heater and cooler stay on together");
        }
    }

    private long since(long before, boolean is) {
        return !is ? NOT_NOW : before == NOT_NOW ? brewery.second : before;
    }

    private static long stale(long since) {
        return since == NOT_NOW ? NOT_NOW : since + STALE_SECONDS;
    }

    private boolean isFine(String name) {
        return brewery.isUp() && !brewery.isSilent(name) && !brewery.world.thing(name).has(Fault.STUCK);
    }

    private boolean isOn(String name) {
        return brewery.switches.get(name).on();
    }

    /// An outlet that hears and obeys, and nobody touched, has to be so within the reaction time of something that lasts.
    private void expectSoon(String name, boolean on, long since, String wrong) {
        if (isOn(name) == on || since == NOT_NOW || fineSince.get(name) == NOT_NOW) return;
        long latest = Math.max(Math.max(since, fineSince.get(name)), brewery.switches.get(name).changed());
        expect(brewery.second - latest <= REACTION_SECONDS, name + ": " + wrong);
    }

    private void expect(boolean holds, String wrong) {
        if (!holds) throw new AssertionError("at %d s: %s".formatted(brewery.second, wrong));
    }
}
