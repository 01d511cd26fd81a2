package home.oikos.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.driver.Reading;
import home.oikos.driver.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HouseTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private final TestHome home = new TestHome();

    @Test void aDesiredValueIsCommandedAndInSyncOnceReported() {
        home.device("lamp", "light", "on", true).commit();
        assertEquals(List.of("lamp.on=true"), home.out.takeCommands());
        assertEquals("False Applying", home.condition("lamp", "InSync"));
        home.says("lamp", "on", true).commit();
        assertEquals("True InSync", home.condition("lamp", "InSync"));
        assertEquals(Json.of(true), home.status("lamp").at("reported", "on", "value"));
        assertEquals("on", home.status("lamp").at("display", "reported").text(""));
        assertEquals(Json.NULL, home.status("lamp").at("commanded"));
    }

    @Test void aCommandIsRepeatedWithBackOffUntilItIsReported() {
        home.device("lamp", "light", "on", true).commit().passes(Duration.ofSeconds(31));
        assertEquals(5, home.out.takeCommands().size(), "at 0, 2, 6, 14 and 30 s");
        home.says("lamp", "on", true).passes(Duration.ofMinutes(5));
        assertEquals(List.of(), home.out.takeCommands());
    }

    @Test void aHandOnTheSwitchIsDriftAndSetBack() {
        home.device("lamp", "light", "on", true).commit().says("lamp", "on", true).commit();
        home.out.takeCommands();
        home.says("lamp", "on", false).commit();
        assertEquals(List.of("lamp.on=true"), home.out.takeCommands());
        assertEquals("changed at the device", home.status("lamp").at("drift", "cause").text(""));
        assertEquals(List.of("lamp Drifted: lamp changed at the device: found off, wanted on; set back"), home.out.told);
    }

    @Test void aDeviceThatComesBackIsCommandedAtOnce() {
        home.device("lamp", "light", "on", true).commit();
        home.house.available(TestHome.key("lamp"), false, home.now);
        home.passes(Duration.ofMinutes(10));
        home.out.takeCommands();
        assertEquals("False Away", home.condition("lamp", "Online"));
        home.house.available(TestHome.key("lamp"), true, home.now);
        assertEquals(List.of("lamp.on=true"), home.out.takeCommands());
    }

    @Test void unbelievableReadingsChangeNothingAndAreTold() {
        home.device("lamp", "light");
        for (var value : List.of(new Value.Number(Double.NaN), new Value.Number(101), new Value.Number(Double.POSITIVE_INFINITY), new Value.Text("half"))) {
            home.house.read(TestHome.key("lamp"), List.of(new Reading("brightness", value)), home.delivery(), home.now);
        }
        assertEquals(4, home.out.told.size(), home.out.told.toString());
        assertEquals("lamp ReadingRefused: brightness is between 0 and 100; found NaN", home.out.told.getFirst());
        assertEquals(List.of(), home.out.samples);
        home.commit();
        assertEquals(JsonObject.EMPTY, home.status("lamp").at("reported"));
    }

    @Test void aChangedBooleanIsAcknowledgedOnlyAfterTheCommit() {
        home.device("leak-sensor", "leak").commit();
        home.says("leak-sensor", "wet", true);
        assertEquals(0, home.acknowledged);
        home.commit();
        assertEquals(1, home.acknowledged);
        home.says("leak-sensor", "wet", true);
        assertEquals(2, home.acknowledged, "nothing new to commit");
    }

    @Test void ofANumberThatARuleReadsTheNewestMessageWaitsForItsCommit() {
        home.device("t", "thermometer").says("t", "temperature", 20.0).commit();
        home.house.watch(Set.of(new World.Property(TestHome.key("t"), "temperature")));
        home.acknowledged = 0;
        home.says("t", "temperature", 25.0);
        assertEquals(0, home.acknowledged, "told a moment ago, so it waits for its second");
        home.says("t", "temperature", 26.0);
        assertEquals(1, home.acknowledged, "the older one is passed over");
        home.passes(Duration.ofSeconds(2));
        assertEquals(2, home.acknowledged);
        assertEquals(Json.of(26), home.status("t").at("reported", "temperature", "value"));
        home.says("t", "temperature", 26.1);
        assertEquals(3, home.acknowledged, "within the deadband there is nothing to commit");
    }

    @Test void numbersAreToldWhenTheyLeaveTheDeadbandAndAtMostOncePerPeriod() {
        home.device("t", "thermometer").says("t", "temperature", 20.0).commit();
        home.passes(Duration.ofSeconds(61)).says("t", "temperature", 20.4).commit();
        assertEquals(Json.of(20), home.status("t").at("reported", "temperature", "value"));
        home.says("t", "temperature", 21.0).commit();
        assertEquals(Json.of(21), home.status("t").at("reported", "temperature", "value"));
        home.says("t", "temperature", 25.0).commit();
        assertEquals(Json.of(21), home.status("t").at("reported", "temperature", "value"));
        home.passes(Duration.ofSeconds(60));
        assertEquals(Json.of(25), home.status("t").at("reported", "temperature", "value"));
    }

    @Test void aSilentDeviceIsNoLongerFresh() {
        home.device("t", "thermometer").says("t", "temperature", 20.0).passes(Duration.ofSeconds(119));
        assertEquals("True Fresh", home.condition("t", "Fresh"));
        home.passes(Duration.ofSeconds(3));
        assertEquals("False Stale", home.condition("t", "Fresh"));
        assertEquals("False Silent", home.condition("t", "Online"));
    }

    @Test void aDeviceWithoutAModelIsQuarantinedAndNotCommanded() {
        home.device("thing", "", "on", true).commit();
        assertEquals("True NoModel", home.condition("thing", "Quarantined"));
        assertEquals(List.of(), home.out.takeCommands());
    }

    @Test void aDesiredValueTheModelForbidsIsInvalid() {
        home.device("lamp", "light", "brightness", 200).commit();
        assertEquals("False Invalid", home.condition("lamp", "InSync"));
        assertEquals(List.of(), home.out.takeCommands());
    }

    @Test void controlFollowsOtherDevicesAndAHandSetValueWins() {
        var control = JsonObject.of("values", JsonArray.of(JsonObject.of("property", "on", "value", "device('t').temperature < 20")));
        home.device("t", "thermometer").says("t", "temperature", 18.0);
        home.spec("heater", JsonObject.of("modelName", "switch", "connection", JsonObject.of("fake", JsonObject.EMPTY), "control", control)).commit();
        assertEquals(List.of("heater.on=true"), home.out.takeCommands());
        assertEquals(Json.of(true), home.status("heater").at("control", "values", "on"));
        home.says("heater", "on", true).says("t", "temperature", 22.0).commit();
        assertEquals(List.of("heater.on=false"), home.out.takeCommands());
        home.says("heater", "on", false).want("heater", "on", true).commit();
        assertEquals(List.of("heater.on=true"), home.out.takeCommands());
    }

    @Test void aBrokenInterlockDrivesItsSafeValueBeforeAnythingIsWritten() {
        leakHome();
        home.says("leak-sensor", "wet", true);
        assertEquals(List.of("valve.on=false"), home.out.takeCommands());
        home.commit();
        assertEquals("False Interlocked", home.says("valve", "on", false).commit().condition("valve", "InSync"));
    }

    private void leakHome() {
        home.device("leak-sensor", "leak").device("valve", "switch", "on", true);
        home.interlock("no-flood", JsonObject.of("never", "device('leak-sensor').wet && device('valve').on", "safeValues",
                JsonArray.of(TestHome.safe("valve", "on", false))));
        home.says("leak-sensor", "wet", false).says("valve", "on", true).commit();
        home.out.takeCommands();
    }

    @Test void aSensorThatFallsSilentBreaksTheInterlock() {
        leakHome();
        home.passes(Duration.ofSeconds(125));
        assertTrue(home.out.takeCommands().contains("valve.on=false"));
        home.says("valve", "on", false).says("leak-sensor", "wet", false).commit();
        assertEquals(List.of("valve.on=true"), home.out.takeCommands(), "it is heard again");
    }

    @Test void aLeakReadBeforeAKillStillClosesTheValveAfterTheRestart() {
        home.device("leak-sensor", "leak").device("valve", "switch", "on", true);
        home.says("leak-sensor", "wet", false).says("valve", "on", true).commit();
        home.says("leak-sensor", "wet", true).commit();
        home.out.takeCommands();
        home.restart();
        home.interlock("no-flood", JsonObject.of("never", "device('leak-sensor').wet && device('valve').on", "safeValues",
                JsonArray.of(TestHome.safe("valve", "on", false))));
        assertEquals(List.of("valve.on=false"), home.out.takeCommands());
    }

    @Test void aLatchedInterlockWaitsForAPerson() {
        home.device("leak-sensor", "leak").device("valve", "switch", "on", true);
        var spec = JsonObject.of("never", "device('leak-sensor').wet", "latched", true, "safeValues", JsonArray.of(TestHome.safe("valve", "on", false)));
        home.interlock("flood", spec).says("leak-sensor", "wet", false).says("valve", "on", true).commit();
        home.says("leak-sensor", "wet", true).says("valve", "on", false).says("leak-sensor", "wet", false).commit().passes(SECOND);
        home.out.takeCommands();
        home.restart();
        home.passes(Duration.ofSeconds(5));
        assertEquals(List.of(), home.out.takeCommands(), "still latched after a restart");
        home.interlock("flood", spec.with("resetTime", home.now.toString())).passes(SECOND);
        assertEquals(List.of("valve.on=true"), home.out.takeCommands());
    }

    /// A machine without a battery latches in a year that has long passed; the reset of another time lies ahead of that.
    @Test void aResetOfAnEarlierTimeReleasesNothingAlsoWhenTheClockWasLost() {
        home.device("leak-sensor", "leak").device("valve", "switch", "on", true);
        var spec = JsonObject.of("never", "device('leak-sensor').wet", "latched", true, "resetTime", home.now.toString(),
                "safeValues", JsonArray.of(TestHome.safe("valve", "on", false)));
        home.now = Instant.parse("2020-01-01T00:00:00Z");
        home.interlock("flood", spec).says("leak-sensor", "wet", false).says("valve", "on", true).commit();
        home.says("leak-sensor", "wet", true).says("valve", "on", false).says("leak-sensor", "wet", false).commit().passes(SECOND);
        home.out.takeCommands();
        home.restart();
        home.passes(Duration.ofSeconds(5));
        assertEquals(List.of(), home.out.takeCommands());
        home.interlock("flood", spec.with("resetTime", home.now.toString())).passes(SECOND);
        assertEquals(List.of("valve.on=true"), home.out.takeCommands());
    }

    private JsonObject flooded() {
        home.device("leak-sensor", "leak").device("valve", "switch", "on", true);
        var spec = JsonObject.of("never", "device('leak-sensor').wet", "latched", true, "safeValues", JsonArray.of(TestHome.safe("valve", "on", false)));
        home.interlock("flood", spec).says("leak-sensor", "wet", false).says("valve", "on", true).commit();
        home.says("leak-sensor", "wet", true).says("valve", "on", false).says("leak-sensor", "wet", false).commit().passes(SECOND);
        home.out.takeCommands();
        return spec;
    }

    @Test void waterThatComesAfterAResetLatchesAnewAlsoWhereTheResetHasReleasedNothingYet() {
        var spec = flooded();
        home.passes(Duration.ofSeconds(121));
        home.interlock("flood", spec.with("resetTime", home.now.toString())).passes(SECOND);
        home.says("leak-sensor", "wet", true).says("leak-sensor", "wet", false).commit().passes(SECOND);
        assertEquals(List.of(), home.out.takeCommands(), "it was reset before that water came");
        home.interlock("flood", spec.with("resetTime", home.now.toString())).passes(SECOND);
        assertEquals(List.of("valve.on=true"), home.out.takeCommands());
    }

    /// The reset is of a clock years behind: of no weight while that is right, and of weight again once it is lost.
    @Test void waterThatComesAfterAResetByAnotherClockIsNeverReleasedByIt() {
        var spec = flooded();
        home.passes(Duration.ofSeconds(121));
        home.interlock("flood", spec.with("resetTime", home.now.toString())).passes(SECOND);
        setClock(Duration.ofDays(365));
        home.says("leak-sensor", "wet", true).says("leak-sensor", "wet", false).commit().passes(SECOND);
        home.now = home.now.minus(Duration.ofDays(400));
        home.restart();
        home.says("leak-sensor", "wet", false).commit().passes(SECOND);
        setClock(Duration.ofDays(400));
        home.says("leak-sensor", "wet", false).commit().passes(SECOND);
        assertEquals(List.of(), home.out.takeCommands());
    }

    private void setClock(Duration by) {
        home.house.moveClock(by);
        home.now = home.now.plus(by);
    }

    @Test void aResetThatDidNotCountWhenItCameNeverDoes() {
        var spec = flooded();
        home.interlock("flood", spec.with("resetTime", home.now.minusSeconds(3_600).toString())).passes(SECOND);
        setClock(Duration.ofHours(-2));
        for (int half = 0; half < 3; half++) home.says("leak-sensor", "wet", false).commit().passes(Duration.ofSeconds(30));
        assertEquals(List.of(), home.out.takeCommands());
        home.interlock("flood", spec.with("resetTime", home.now.toString())).passes(SECOND);
        assertEquals(List.of("valve.on=true"), home.out.takeCommands());
    }

    /// @param bootId of the next start
    /// @param setBy how much the clock is set while the home is down
    /// @return how long the compressor rests after that start
    private long restsAfter(String bootId, Duration setBy) {
        home.boot = new Boot("boot", () -> Duration.between(Instant.EPOCH, home.now).toNanos());
        home.restart();
        home.device("fridge", "compressor", "on", false).says("fridge", "on", true).commit();
        home.says("fridge", "on", false).commit();
        home.want("fridge", "on", true).passes(Duration.ofSeconds(100)).commit();
        home.out.takeCommands();
        home.now = home.now.plus(setBy);
        home.boot = new Boot(bootId, () -> Duration.between(Instant.EPOCH, home.now).minus(setBy).toNanos());
        home.restart();
        long rests = 0;
        while (home.out.takeCommands().isEmpty() && rests < 1_000) {
            home.passes(SECOND).commit();
            rests++;
        }
        return rests;
    }

    @Test void aRestLastsAsLongAlthoughTheClockWasSetWhileTheHomeWasDown() {
        assertEquals(200, restsAfter("boot", Duration.ofHours(3)), 2);
    }

    @Test void aRestLastsAsLongAlthoughTheClockWasSetBackWhileTheHomeWasDown() {
        assertEquals(200, restsAfter("boot", Duration.ofHours(-3)), 2);
    }

    @Test void aRestBeginsAnewWhenTheMachineWasOff() {
        assertEquals(300, restsAfter("the next", Duration.ofHours(3)), 2);
    }

    @Test void aCompressorRestsAlsoAcrossARestart() {
        home.device("fridge", "compressor", "on", false).says("fridge", "on", true).commit();
        home.says("fridge", "on", false).commit();
        home.out.takeCommands();
        home.want("fridge", "on", true).passes(Duration.ofSeconds(100));
        assertEquals("False Waiting", home.condition("fridge", "InSync"));
        home.restart();
        home.passes(Duration.ofSeconds(199));
        assertEquals(List.of(), home.out.takeCommands());
        home.passes(Duration.ofSeconds(2));
        assertEquals(List.of("fridge.on=true"), home.out.takeCommands());
    }

    /// @return how long after its word "off" the compressor is told to run again
    private long runsAgainAfter() {
        home.out.takeCommands();
        home.says("fridge", "on", false).commit();
        long rests = 0;
        while (home.out.takeCommands().isEmpty() && rests < 1_000) {
            home.passes(SECOND).commit();
            rests++;
        }
        return rests;
    }

    /// The fridge has been off for long, is told to run, and says nothing of it.
    private void isToldToRun() {
        home.device("fridge", "compressor", "on", false).says("fridge", "on", false).passes(Duration.ofSeconds(1_000));
        home.out.takeCommands();
        home.want("fridge", "on", true).passes(Duration.ofSeconds(40));
        assertEquals("fridge.on=true", home.out.takeCommands().getFirst());
    }

    @Test void aCompressorThatMayHaveRunUnheardRests() {
        isToldToRun();
        assertEquals(300, runsAgainAfter(), 1);
        assertEquals(300, runsAgainAfter(), 1, "a hand may switch it off each time");
    }

    @Test void aCompressorThatMayHaveRunUnheardRestsAlsoAfterTheDeviceCameBack() {
        isToldToRun();
        home.house.available(TestHome.key("fridge"), false, home.now);
        home.says("fridge", "on", false).passes(Duration.ofSeconds(5));
        assertEquals(300, runsAgainAfter(), 1, "what left may still arrive after its first word");
    }

    @Test void aCompressorThatMayHaveRunUnheardRestsAlsoWhenItWasNotWantedMeanwhile() {
        isToldToRun();
        home.want("fridge", "on", false).passes(Duration.ofSeconds(100));
        home.says("fridge", "on", false).want("fridge", "on", true);
        assertEquals(300, runsAgainAfter(), 1);
    }

    @Test void aCompressorThatMayHaveRunUnheardRestsAlsoAcrossARestart() {
        isToldToRun();
        home.restart();
        home.passes(Duration.ofSeconds(100));
        assertEquals(300, runsAgainAfter(), 1);
    }

    @Test void theDeadTimeBetweenHeaterAndCoolerIsWaitedOut() {
        xorHome(600);
        home.want("heater", "on", true).commit().says("heater", "on", true).commit();
        home.want("heater", "on", false).commit().says("heater", "on", false).want("cooler", "on", true).commit();
        home.out.takeCommands();
        home.passes(Duration.ofSeconds(590));
        assertEquals(List.of(), home.out.takeCommands());
        assertEquals("False Waiting", home.condition("cooler", "InSync"));
        home.passes(Duration.ofSeconds(12));
        assertEquals(List.of("cooler.on=true"), home.out.takeCommands().stream().distinct().toList());
    }

    @Test void aCopyOfWhatLeftTwiceMayComeAfterItsReport() {
        xorHome(0);
        home.want("cooler", "on", true).commit().passes(Duration.ofSeconds(3));
        assertEquals(List.of("cooler.on=true", "cooler.on=true"), home.out.takeCommands());
        home.says("cooler", "on", true).want("cooler", "on", false).commit().says("cooler", "on", false).want("heater", "on", true).commit();
        assertFalse(home.out.takeCommands().contains("heater.on=true"), "the other copy may still switch the cooler on");
        home.passes(Duration.ofSeconds(32));
        assertTrue(home.out.takeCommands().contains("heater.on=true"), "until it can be late no longer");
    }

    @Test void aCommandOnItsWayCountsAsTrue() {
        xorHome(0);
        home.want("heater", "on", true).commit();
        assertEquals(List.of("heater.on=true"), home.out.takeCommands());
        home.want("cooler", "on", true).commit();
        assertEquals(List.of(), home.out.takeCommands());
        assertEquals("False Interlocked", home.condition("cooler", "InSync"));
    }

    @Test void aGuardedCommandLeavesOnlyOnceStatusSaysSo() {
        xorHome(0);
        home.want("heater", "on", true);
        assertEquals(List.of(), home.out.takeCommands());
        home.commit();
        assertEquals(List.of("heater.on=true"), home.out.takeCommands());
        assertEquals(Json.of(true), home.status("heater").at("commanded", "on", "value"));
    }

    private void xorHome(int deadTimeSeconds) {
        home.device("heater", "switch").device("cooler", "switch").says("heater", "on", false).says("cooler", "on", false);
        home.interlock("xor", JsonObject.of("never", "device('heater').on && device('cooler').on", "deadTimeSeconds", deadTimeSeconds,
                "safeValues", JsonArray.of(TestHome.safe("heater", "on", false), TestHome.safe("cooler", "on", false)))).commit();
        home.now = home.now.plusSeconds(700);
    }
}
