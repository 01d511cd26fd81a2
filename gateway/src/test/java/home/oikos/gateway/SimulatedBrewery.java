package home.oikos.gateway;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.api.Yaml;
import home.oikos.driver.Reading;
import home.oikos.driver.Value;
import home.oikos.simulation.Fault;
import home.oikos.simulation.House;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/// The brewery of the blueprint under a seed: physics of module simulation on the one side, the gateway's [House] with its thermostat and interlocks on
/// the other, a radio between them, and a broker that keeps what the gateway has not acknowledged. It goes second by second; the gateway's clock may be
/// wrong, the seconds are true.
final class SimulatedBrewery {
    static final String HEATER = "fermenter-heater";
    static final String COOLER = "fermenter-cooler";
    static final String FAN = "brewery-fan";
    static final String VESSEL = "fermenter";
    static final String NOSE = "vapour-sensor";
    static final List<String> THINGS = List.of(VESSEL, NOSE, HEATER, COOLER, FAN);
    static final List<String> SWITCHES = List.of(HEATER, COOLER, FAN);
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final int SPEAKS_EVERY_SECONDS = 30;
    /// Until the broker gives up waiting for a thing and publishes its last will.
    private static final int WILL_SECONDS = 45;
    private static final List<Json> BLUEPRINT = blueprint();

    final TestHome home = new TestHome();
    final House world;
    final SplittableRandom random;
    final Map<String, RadioLine> lines = new LinkedHashMap<>();
    final Map<String, TrueSwitch> switches = new LinkedHashMap<>();
    /// How a reading of the thermometer in the beer differs from the truth.
    DoubleUnaryOperator lie = DoubleUnaryOperator.identity();
    /// Connected, and silent all the same.
    final List<String> mute = new ArrayList<>();
    long second;
    /// Since when the gateway runs; it is down while that lies ahead.
    long upSince;
    private int boots;
    private Duration clockError = Duration.ZERO;
    private ClockWatch clock = new ClockWatch(() -> second * 1_000_000_000);
    private final List<Heard> unacknowledged = new ArrayList<>();
    private final Map<String, Long> spokeAt = new LinkedHashMap<>();
    private final Map<String, Long> goneSince = new LinkedHashMap<>();
    private final Map<String, Boolean> saidOn = new LinkedHashMap<>();
    private final BreweryWatch watch = new BreweryWatch(this);
    private double commits = 0.5;

    private record Heard(String thing, RadioLine.Report report) { }

    SimulatedBrewery(long seed) {
        random = new SplittableRandom(seed);
        world = House.brewery(random.split());
        for (var thing : THINGS) lines.put(thing, new RadioLine(random));
        for (var name : SWITCHES) switches.put(name, new TrueSwitch());
        home.now = BEGIN;
        home.boot = boot();
        for (var object : BLUEPRINT) put(object);
    }

    private static List<Json> blueprint() {
        try {
            return Yaml.parseAll(Files.readString(Path.of("..", "blueprints", "brewery.yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void put(Json object) {
        var spec = object.at("spec").object();
        var name = object.at("metadata", "name").text("");
        switch (object.at("kind").text("")) {
            case "DeviceModel" -> home.model(object.object());
            case "Device" -> home.spec(name, spec);
            case "Interlock" -> home.interlock(name, spec);
            default -> { }
        }
    }

    boolean isUp() {
        return second >= upSince;
    }

    double truth(String thing, String property) {
        return world.thing(thing).says().get(property).decimal(Double.NaN);
    }

    boolean isSilent(String thing) {
        return mute.contains(thing) || !world.thing(thing).reachable();
    }

    /// One second of everything.
    void step() {
        second++;
        home.now = BEGIN.plusSeconds(second).plus(clockError);
        world.advance(Duration.ofSeconds(1));
        if (second == upSince) start();
        if (isUp()) noticeTheClock();
        THINGS.forEach(this::speak);
        if (isUp()) gateway();
        for (var name : SWITCHES) obey(name);
        watch.look();
    }

    // The gateway.

    /// Killed: what was not committed is forgotten. What a broker or a radio carries is not.
    void kill(int downSeconds) {
        carry();
        upSince = second + downSeconds;
    }

    /// The machine too: nothing in it knows how long.
    void losesPower(int downSeconds) {
        kill(downSeconds);
        boots++;
    }

    private Boot boot() {
        long began = boots * 1_000L;
        return new Boot("boot " + boots, () -> (second + began) * 1_000_000_000);
    }

    /// Nobody tells the gateway, it has to notice.
    void setClock(Duration error) {
        clockError = error;
    }

    Duration clockError() {
        return clockError;
    }

    private void start() {
        home.boot = boot();
        clock = new ClockWatch(() -> second * 1_000_000_000);
        home.restart();
        for (var thing : THINGS) home.house.available(TestHome.key(thing), !isMissed(thing), home.now);
        var again = List.copyOf(unacknowledged);
        unacknowledged.clear();
        again.forEach(this::hear);
    }

    /// Before anything is told by the new time.
    private void noticeTheClock() {
        var jump = clock.jump(home.now);
        if (!jump.isZero()) home.house.moveClock(jump);
    }

    private void gateway() {
        for (var thing : THINGS) listen(thing, lines.get(thing));
        home.house.tick(home.now);
        carry();
        if (random.nextDouble() < commits) home.commit();
        carry();
    }

    private void listen(String thing, RadioLine line) {
        for (var next = line.nextReport(second); next.isPresent(); next = line.nextReport(second)) hear(new Heard(thing, next.get()));
    }

    private void hear(Heard heard) {
        // What has left already left before this was known.
        carry();
        unacknowledged.add(heard);
        var key = TestHome.key(heard.thing());
        if (home.house.read(key, heard.report().readings(), () -> unacknowledged.remove(heard), home.now)) unacknowledged.remove(heard);
        watch.heard(heard.thing(), heard.report());
    }

    private void carry() {
        for (var command : home.out.commands) {
            watch.leaves(command);
            lines.get(command.device().name()).order(command, second);
        }
        home.out.commands.clear();
    }

    // The things.

    private void speak(String thing) {
        if (!world.thing(thing).reachable()) {
            if (second - goneSince.computeIfAbsent(thing, _ -> second) == WILL_SECONDS && isUp()) home.house.available(TestHome.key(thing), false, home.now);
            return;
        }
        if (isMissed(thing) && isUp()) home.house.available(TestHome.key(thing), true, home.now);
        goneSince.remove(thing);
        if (mute.contains(thing)) return;
        var said = world.thing(thing).says();
        boolean on = said.getOrDefault("on", Json.NULL).bool(false);
        boolean changed = on != saidOn.getOrDefault(thing, false);
        if (!changed && second - spokeAt.getOrDefault(thing, -thing.hashCode() % (long) SPEAKS_EVERY_SECONDS) < SPEAKS_EVERY_SECONDS) return;
        spokeAt.put(thing, second);
        saidOn.put(thing, on);
        lines.get(thing).report(said.entrySet().stream().map(entry -> reading(thing, entry.getKey(), entry.getValue())).toList(), second);
    }

    private boolean isMissed(String thing) {
        return goneSince.containsKey(thing) && second - goneSince.get(thing) >= WILL_SECONDS;
    }

    private Reading reading(String thing, String property, Json value) {
        boolean felt = thing.equals(VESSEL) && property.equals("temperature");
        return new Reading(property, felt ? new Value.Number(lie.applyAsDouble(value.decimal(0))) : Value.of(value).orElseThrow());
    }

    private void obey(String name) {
        for (var order = lines.get(name).nextOrder(second); order.isPresent(); order = lines.get(name).nextOrder(second)) {
            var thing = world.thing(name);
            boolean on = order.get().command().value().equals(new Value.Bool(true));
            if (thing.reachable() && !thing.has(Fault.STUCK) && on && !switches.get(name).on()) watch.turnsOn(name, order.get());
            thing.command("on", Json.of(on));
            switches.get(name).turn(thing.says().get("on").bool(false), true, second);
        }
    }

    // Persons.

    void hand(String name, boolean on) {
        world.thing(name).hand("on", Json.of(on));
        switches.get(name).turn(on, false, second);
    }

    /// Through the API: with no value what was wanted is cleared.
    void want(String name, Object... desired) {
        home.want(name, desired);
    }

    void target(double celsius) {
        var spec = home.objects.get(TestHome.key(VESSEL)).at("spec").object();
        home.spec(VESSEL, spec.with("control", spec.at("control").object().with("target", "%.1f".formatted(celsius))));
    }

    /// A person resets every latch; one whose interlock is still broken stays.
    void reset() {
        for (var key : List.copyOf(home.interlocks.keySet())) reset(key);
        watch.reset();
    }

    private void reset(ObjectKey key) {
        var spec = home.interlocks.get(key).at("spec").object();
        if (spec.at("latched").bool(false)) home.interlock(key.name(), spec.with("resetTime", home.now.toString()));
    }

    /// Everything is mended, everybody goes home, nothing is lost or late any more.
    void calmDown() {
        THINGS.forEach(thing -> world.thing(thing).mend());
        mute.clear();
        lie = DoubleUnaryOperator.identity();
        lines.values().forEach(RadioLine::clear);
        for (var name : SWITCHES) want(name);
        world.thing(NOSE).hand("ethanol", Json.of(60));
        commits = 1;
    }

    JsonObject status(String thing) {
        return home.status(thing);
    }
}
