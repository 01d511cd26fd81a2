package home.oikos.gateway;

import static home.oikos.gateway.ThermostatState.Phase.Cooling;
import static home.oikos.gateway.ThermostatState.Phase.HeldByHand;
import static home.oikos.gateway.ThermostatState.Phase.Heating;
import static home.oikos.gateway.ThermostatState.Phase.Idle;
import static home.oikos.gateway.ThermostatState.Phase.Off;
import static home.oikos.gateway.ThermostatState.Phase.SensorLost;
import static home.oikos.gateway.ThermostatState.Phase.Unable;
import static home.oikos.gateway.ThermostatState.Phase.WaitingToCool;
import static home.oikos.gateway.ThermostatState.Phase.WaitingToHeat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.JsonObject;
import home.oikos.gateway.ThermostatSight.Felt;
import home.oikos.gateway.ThermostatSight.Output;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a thermostat decides, from what it sees. The clock is an argument.
class ThermostatTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final JsonObject CONTROL = JsonObject.of("mode", "Hysteresis", "sensor", JsonObject.of("property", "temperature"), "target", "18.5",
            "deadband", "0.5", "heaterName", "heater", "coolerName", "cooler");
    private static final Output OFF_FOR_LONG = off(Duration.ofHours(3));

    private ThermostatSpec spec = spec(CONTROL);
    private ThermostatState state = ThermostatState.initial(START);
    private Instant now = START;
    private Output heater = OFF_FOR_LONG;
    private Output cooler = OFF_FOR_LONG;

    private static ThermostatSpec spec(JsonObject control) {
        return ThermostatSpec.read(TestHome.key("fermenter"), control).orElseThrow();
    }

    private static Output off(Duration time) {
        return new Output("it", Optional.empty(), Optional.of(START.minus(time)), Optional.empty(), "");
    }

    private static Output on(Instant since) {
        return new Output("it", Optional.of(since), Optional.empty(), Optional.empty(), "");
    }

    private ThermostatState at(double celsius) {
        return sees(new Felt(celsius, ""), Optional.empty());
    }

    private ThermostatState sees(Felt sensor, Optional<Felt> chamber) {
        state = Thermostat.decide(spec, state, new ThermostatSight(now, sensor, chamber, spec.heater().map(_ -> heater), spec.cooler().map(_ -> cooler)));
        return state;
    }

    private void passes(long seconds) {
        now = now.plusSeconds(seconds);
    }

    @ParameterizedTest @CsvSource({"18.5, Idle", "18.01, Idle", "18.99, Idle", "17.9, Heating", "19.1, Cooling"})
    void withinTheDeadbandNothingIsDone(double celsius, ThermostatState.Phase expected) {
        assertEquals(expected, at(celsius).phase());
    }

    @Test void heatingEndsAtTheTargetAndNotAtTheEdgeOfTheDeadband() {
        assertEquals(Heating, at(17.5).phase());
        heater = on(now);
        passes(600);
        assertEquals(Heating, at(18.2).phase());
        assertEquals(Idle, at(18.5).phase());
    }

    @Test void coolingEndsAtTheTargetAndNotAtTheEdgeOfTheDeadband() {
        assertEquals(Cooling, at(20).phase());
        cooler = on(now);
        passes(600);
        assertEquals(Cooling, at(18.7).phase());
        assertEquals(Idle, at(18.5).phase());
    }

    @Test void aRunLastsItsMinimumUnlessItWentTooFar() {
        at(17.5);
        heater = on(now);
        passes(60);
        assertEquals(Heating, at(18.6).phase(), "three minutes are not over");
        passes(10);
        assertTrue(at(19.1).phase() != Heating, "too far is too far");
    }

    @ParameterizedTest @ValueSource(longs = {0, 60, 599})
    void afterHeatingItWaitsBeforeItCools(long secondsAgo) {
        heater = off(Duration.ofSeconds(secondsAgo));
        assertEquals(WaitingToCool, at(25).phase());
        assertEquals(Optional.of(START.plusSeconds(600 - secondsAgo)), state.until());
        now = state.until().get();
        assertEquals(Cooling, at(25).phase());
    }

    @Test void aCompressorThatStoppedJustNowRests() {
        cooler = off(Duration.ofSeconds(10));
        assertEquals(WaitingToCool, at(25).phase());
        assertEquals(Optional.of(START.plusSeconds(290)), state.until());
    }

    @Test void whatMayStillBeOnIsWaitedForHoweverLongItTakes() {
        heater = new Output("heater", Optional.empty(), Optional.empty(), Optional.empty(), "");
        passes(86_400);
        assertEquals(WaitingToCool, at(25).phase());
        assertEquals("heater may still be on.", state.message());
    }

    @Test void aLostSensorSwitchesOffAtOnceWhateverMinimumRuns() {
        at(15);
        heater = on(now);
        passes(1);
        assertEquals(SensorLost, sees(new Felt(0, "temperature of fermenter is 70 s old"), Optional.empty()).phase());
        assertEquals("temperature of fermenter is 70 s old.", state.message());
    }

    @Test void inACascadeTheChambersSensorCountsAsMuch() {
        spec = spec(CONTROL.with("mode", "Cascade").with("chamber", JsonObject.of("deviceName", "chamber", "property", "temperature")));
        assertEquals(SensorLost, sees(new Felt(10, ""), Optional.of(new Felt(0, "never heard"))).phase());
        assertEquals(Heating, sees(new Felt(10, ""), Optional.of(new Felt(10, ""))).phase());
    }

    @Test void whatIsSetOnByHandStopsTheThermostat() {
        heater = new Output("heater", Optional.empty(), Optional.of(START.minusSeconds(9_000)), Optional.of(true), "");
        assertEquals(HeldByHand, at(25).phase());
        heater = new Output("heater", Optional.empty(), Optional.of(START.minusSeconds(9_000)), Optional.of(false), "");
        assertEquals(Cooling, at(25).phase(), "set off by hand it is out of the way");
        state = ThermostatState.initial(START);
        assertEquals(HeldByHand, at(10).phase());
    }

    @Test void withoutATargetOrSwitchedOffNothingIsDriven() {
        spec = spec(CONTROL.without("target"));
        assertEquals(Off, at(5).phase());
        spec = spec(CONTROL.with("target", "warm"));
        assertEquals(Off, at(5).phase(), "what is no number is no target");
        spec = spec(CONTROL.with("mode", "Off"));
        assertEquals(Off, at(5).phase());
    }

    @Test void withoutACoolerItSaysThatItHasNothingToCoolWith() {
        spec = spec(CONTROL.without("coolerName"));
        assertEquals(Idle, at(30).phase());
        assertEquals("It is too warm and has nothing to cool with.", state.message());
    }

    @Test void anOutputThatCannotBeUsedIsNamed() {
        heater = new Output("heater", Optional.empty(), Optional.of(START), Optional.empty(), "there is no device heater");
        assertEquals(Unable, at(5).phase());
        assertEquals("It should heat, but there is no device heater.", state.message());
    }

    @Test void aTargetThatFallsEndsHeatingEvenWithinTheMinimum() {
        at(17.5);
        heater = on(now);
        passes(30);
        spec = spec(CONTROL.with("target", "4"));
        assertEquals(WaitingToCool, at(17.6).phase());
    }

    @Test void overshootIsLearnedFromTheTurningPointAndStopsTheNextRunEarlier() {
        at(17.5);
        heater = on(now);
        passes(1_200);
        assertEquals(Idle, at(18.5).phase());
        heater = new Output("it", Optional.empty(), Optional.of(now), Optional.empty(), "");
        passes(300);
        at(19.4);
        passes(300);
        at(19.2);
        assertTrue(state.heatOvershoot() > 1, "0.9 degrees after 20 minutes; found " + state.heatOvershoot());
        assertEquals(Optional.empty(), state.peak());
        passes(10_000);
        assertEquals(Heating, at(17.5).phase());
        heater = on(now);
        passes(1_200);
        assertEquals(Idle, at(18.2).phase(), "the rest comes by itself");
    }

    @Test void theAfterEffectIsWaitedForBeforeTheOppositeBegins() {
        at(17.5);
        heater = on(now);
        passes(1_200);
        at(18.6);
        heater = new Output("it", Optional.empty(), Optional.of(now), Optional.empty(), "");
        assertEquals(WaitingToCool, at(19.5).phase());
        assertEquals(Optional.of(now.plusSeconds(900)), state.until(), "the peak may take 900 s, longer than the 600 s of the turn");
    }

    @Test void aCascadeAsksMoreOfTheChamberTheFurtherTheVesselIsOffAndStaysWithinItsRange() {
        spec = spec(CONTROL.with("mode", "Cascade").with("chamber", JsonObject.of("deviceName", "chamber", "property", "temperature"))
                .with("chamberMinimum", "2").with("chamberMaximum", 30));
        sees(new Felt(19.5, ""), Optional.of(new Felt(18.5, "")));
        assertEquals(13.5, state.goal().orElseThrow(), 1e-9);
        assertEquals(Cooling, state.phase());
        sees(new Felt(35, ""), Optional.of(new Felt(18.5, "")));
        assertEquals(2, state.goal().orElseThrow(), 1e-9);
    }

    @Test void aCascadeLearnsASteadyDifferenceAndAGapInTimeTeachesNothing() {
        spec = spec(CONTROL.with("mode", "Cascade").with("chamber", JsonObject.of("deviceName", "chamber", "property", "temperature")));
        for (int minute = 0; minute < 60; minute++) {
            sees(new Felt(18.9, ""), Optional.of(new Felt(16, "")));
            passes(60);
        }
        assertEquals(-0.4, state.integral(), 0.02);
        double before = state.integral();
        passes(86_400);
        sees(new Felt(18.9, ""), Optional.of(new Felt(16, "")));
        assertEquals(before, state.integral());
    }

    @Test void aChamberDoesNotHeatAVesselThatIsWarmEnough() {
        spec = spec(CONTROL.with("mode", "Cascade").with("chamber", JsonObject.of("deviceName", "chamber", "property", "temperature")));
        assertEquals(Idle, sees(new Felt(18.6, ""), Optional.of(new Felt(5, ""))).phase());
    }

    @Test void everyDefaultIsBrewPis() {
        var times = spec.times();
        assertEquals(Duration.ofSeconds(600), times.turn());
        assertEquals(new ThermostatSpec.Waits(Duration.ofSeconds(180), Duration.ofSeconds(300), Duration.ofSeconds(900)), times.heat());
        assertEquals(new ThermostatSpec.Waits(Duration.ofSeconds(180), Duration.ofSeconds(300), Duration.ofSeconds(1_800)), times.cool());
        assertEquals(0.3, spec(CONTROL.without("deadband")).deadband());
        assertEquals(new ThermostatSpec.Range(3.5, 33.5), spec.chamberRange());
    }

    @ParameterizedTest @ValueSource(strings = {"NaN", "Infinity", "18 °C", "18,5", "18k", "", "66F"})
    void whatIsNoDecimalNumberIsNoTarget(String text) {
        assertEquals(Optional.empty(), spec(CONTROL.with("target", text)).target());
    }

    @Test void whatItDoesAndHasLearnedComesBackFromItsStatus() {
        at(17.5);
        heater = on(now);
        passes(1_200);
        at(18.5);
        state = state.learned(Side.COOL, 4).aiming(18.5, 1.5, now).awaiting(state.peak());
        var form = ThermostatForm.of(spec, state);
        var restored = ThermostatForm.read(form, then -> Status.instant(then).orElseThrow(), now);
        assertEquals(form, ThermostatForm.of(spec, restored).with("peak", form.at("peak")));
        assertEquals(4, restored.coolOvershoot());
        assertEquals(state.peak().orElseThrow().since(), restored.peak().orElseThrow().since());
        assertEquals(START, ThermostatForm.read(form, _ -> START, START).since(), "a clock that lost its time: it began just now");
    }
}
