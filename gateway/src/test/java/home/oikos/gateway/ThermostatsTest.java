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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Thermostats in a house: what they make of devices, persons, restarts, and clocks.
class ThermostatsTest {
    private static final JsonObject CONTROL = JsonObject.of("mode", "Hysteresis", "sensor", JsonObject.of("property", "temperature"), "target", "18",
            "deadband", "0.5", "heaterName", "heater", "coolerName", "cooler", "heatPeakSeconds", 0, "coolPeakSeconds", 0);

    private final TestHome home = new TestHome();
    private final List<String> sent = new ArrayList<>();

    @BeforeEach void brewery() {
        home.device("heater", "relay").device("cooler", "compressor").says("heater", "on", false).says("cooler", "on", false);
        vessel(CONTROL);
        feels(18, Duration.ofMinutes(15));
        sent();
    }

    private void vessel(JsonObject control) {
        home.spec("vessel", JsonObject.of("modelName", "thermometer", "connection", JsonObject.of("fake", JsonObject.EMPTY), "control", control));
    }

    /// The thermometer goes on to say so, and the outputs do as they are told and say so too.
    private void feels(double celsius, Duration time) {
        for (var left = time; !left.isNegative(); left = left.minusSeconds(30)) {
            home.says("vessel", "temperature", celsius).commit();
            obey();
            home.passes(Duration.ofSeconds(30));
            obey();
        }
    }

    private void obey() {
        for (var command : List.copyOf(home.out.commands)) {
            home.says(command.device().name(), command.property(), Boolean.valueOf(command.value().toString()));
        }
        sent.addAll(home.out.takeCommands());
        home.commit();
    }

    /// What left since the last call.
    private List<String> sent() {
        sent.addAll(home.out.takeCommands());
        var taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    private String state() {
        return home.status("vessel").at("control", "state").text("");
    }

    @Test void itHeatsThroughAnotherDeviceAndNeverWritesASpec() {
        feels(17, Duration.ofMinutes(1));
        assertEquals(List.of("heater.on=true"), sent());
        assertEquals("Heating", state());
        assertEquals("True Heating", home.condition("vessel", "Controlled"));
        assertEquals(Json.of(true), home.status("heater").at("control", "values", "on"));
        assertEquals("vessel", home.status("heater").at("control", "controllers", "on").text(""));
        assertFalse(home.objects.get(TestHome.key("heater")).at("spec", "desired", "on").isPresent());
        feels(18.1, Duration.ofMinutes(5));
        assertEquals(List.of("heater.on=false"), sent());
    }

    @Test void fromHeatingToCoolingItWaitsTenMinutes() {
        feels(17, Duration.ofMinutes(5));
        feels(20, Duration.ofMinutes(5));
        assertEquals("WaitingToCool", state());
        assertEquals(List.of("heater.on=true", "heater.on=false"), sent());
        feels(20, Duration.ofMinutes(6));
        assertEquals(List.of("cooler.on=true"), sent());
    }

    @Test void aSensorThatFallsSilentSwitchesOffAfterTwoPeriods() {
        feels(17, Duration.ofSeconds(30));
        sent();
        home.passes(Duration.ofSeconds(125));
        assertEquals(List.of("heater.on=false"), sent().stream().distinct().toList());
        assertEquals("False SensorLost", home.condition("vessel", "Controlled"));
    }

    @ParameterizedTest @ValueSource(doubles = {Double.NaN, 850, -127, Double.POSITIVE_INFINITY})
    void aReadingThatCannotBeSwitchesOffAtOnce(double celsius) {
        feels(17, Duration.ofSeconds(30));
        sent();
        home.house.read(TestHome.key("vessel"), List.of(new Reading("temperature", new Value.Number(celsius))), home.delivery(), home.now);
        assertEquals(List.of("heater.on=false"), sent());
        home.commit();
        assertEquals("False Stale", home.condition("vessel", "Fresh"));
        feels(17, Duration.ofMinutes(6));
        assertEquals("Heating", state(), "a good word makes it trusted again");
    }

    @Test void aHandSetValueWinsUntilItIsCleared() {
        home.want("heater", "on", false);
        feels(15, Duration.ofMinutes(6));
        assertEquals(List.of(), sent());
        assertEquals("HeldByHand", state());
        home.want("heater");
        feels(15, Duration.ofMinutes(1));
        assertEquals(List.of("heater.on=true"), sent());
    }

    @Test void whatIsSetOnByHandKeepsTheOtherOff() {
        home.want("heater", "on", true);
        feels(25, Duration.ofMinutes(30));
        assertEquals(List.of("heater.on=true"), sent());
        assertEquals("HeldByHand", state());
    }

    @Test void afterARestartItHeatsOnlyOnceTheThermometerHasSpoken() {
        feels(17, Duration.ofMinutes(1));
        sent();
        home.restart();
        home.commit();
        assertEquals(List.of("heater.on=false"), sent());
        assertEquals("SensorLost", state());
    }

    @Test void aRestartKeepsTheRestOfTheCompressor() {
        feels(19, Duration.ofMinutes(5));
        feels(18, Duration.ZERO);
        var ended = home.now.minusSeconds(30);
        sent();
        home.passes(Duration.ofMinutes(2));
        home.restart();
        feels(19, Duration.ofMinutes(1));
        assertEquals(List.of(), sent());
        assertEquals("WaitingToCool", state());
        while (sent().isEmpty()) feels(19, Duration.ofSeconds(30));
        assertFalse(home.now.isBefore(ended.plusSeconds(300)), "it rests five minutes");
        assertTrue(home.now.isBefore(ended.plusSeconds(60 + 300)), "since it was off, not since the restart");
    }

    @ParameterizedTest @CsvSource({"2020-01-01T00:00:00Z", "2026-01-01T00:10:00Z", "2031-01-01T00:00:00Z"})
    void aRestartWithAnotherClockRestsAtLeastAsLong(Instant clock) {
        feels(19, Duration.ofMinutes(5));
        feels(18, Duration.ofMinutes(1));
        sent();
        home.now = clock;
        home.restart();
        feels(19, Duration.ofMinutes(3));
        assertEquals(List.of(), sent());
        feels(19, Duration.ofMinutes(9));
        assertEquals(List.of("cooler.on=true"), sent(), "and not for ever");
    }

    @ParameterizedTest @ValueSource(longs = {-86_400L * 365 * 50, -3_600, 3_600, 86_400L * 365 * 50})
    void aClockThatIsSetMeanwhileNeitherShortensNorStretchesARest(long seconds) {
        feels(19, Duration.ofMinutes(5));
        feels(18, Duration.ofMinutes(1));
        sent();
        var jump = Duration.ofSeconds(seconds);
        home.now = home.now.plus(jump);
        home.house.moveClock(jump);
        feels(19, Duration.ofMinutes(2));
        assertEquals(List.of(), sent());
        feels(19, Duration.ofMinutes(3));
        assertEquals(List.of("cooler.on=true"), sent());
    }

    @ParameterizedTest @ValueSource(longs = {-10_800, 10_800})
    void whatItHasDoneSinceBeforeARestartBeganSoLongAgoByTheClockOfNow(long seconds) {
        home.boot = new Boot("boot", () -> Duration.between(Instant.EPOCH, home.now).toNanos());
        home.restart();
        vessel(CONTROL.with("mode", "Off"));
        var began = since();
        home.passes(Duration.ofMinutes(10));
        home.now = home.now.plusSeconds(seconds);
        home.boot = new Boot("boot", () -> Duration.between(Instant.EPOCH, home.now).minusSeconds(seconds).toNanos());
        home.restart();
        assertEquals(began.plusSeconds(seconds), since());
    }

    private Instant since() {
        home.commit();
        return Instant.parse(home.status("vessel").at("control", "sinceTime").text(""));
    }

    @ParameterizedTest @ValueSource(booleans = {true, false})
    void whatAThermostatLetsGoOfIsSwitchedOff(boolean whileDown) {
        feels(17, Duration.ofMinutes(1));
        sent();
        if (whileDown) {
            home.objects.remove(TestHome.key("vessel"));
            home.restart();
        } else {
            vessel(JsonObject.EMPTY);
        }
        home.commit();
        assertEquals(List.of("heater.on=false"), sent());
        home.says("heater", "on", false).passes(Duration.ofSeconds(90));
        home.says("heater", "on", false).commit();
        assertFalse(home.status("heater").at("control").isPresent(), "nothing is wanted of it any more");
        assertEquals(List.of(), sent());
    }

    @Test void anInterlockHoldsItAndItSaysSo() {
        home.interlock("no-heat", JsonObject.of("never", "device('heater').on", "description", "The house is empty.",
                "safeValues", JsonArray.of(TestHome.safe("heater", "on", false))));
        feels(15, Duration.ofMinutes(1));
        assertEquals(List.of(), sent());
        assertEquals("False Held", home.condition("vessel", "Controlled"));
        assertEquals("WaitingToHeat", state());
        assertEquals("It is too cold for 18. heater is held by interlock no-heat: The house is empty.",
                home.status("vessel").at("control", "message").text(""));
    }

    @Test void anInterlockThatBreaksMeanwhileIsSaid() {
        home.device("nose", "thermometer").says("nose", "temperature", 20.0);
        home.interlock("vapour", JsonObject.of("always", "device('nose').temperature < 30", "description", "Air the room",
                "safeValues", JsonArray.of(TestHome.safe("heater", "on", false)))).commit();
        feels(15, Duration.ofMinutes(1));
        home.says("nose", "temperature", 40.0);
        feels(15, Duration.ZERO);
        assertEquals("WaitingToHeat", state());
        assertEquals("False Interlocked", home.condition("heater", "InSync"));
    }

    @Test void twoThermostatsOfOneHeaterDoNotPullAtIt() {
        home.spec("second", JsonObject.of("modelName", "thermometer", "connection", JsonObject.of("fake", JsonObject.EMPTY),
                "control", CONTROL.without("coolerName")));
        home.says("second", "temperature", 5.0);
        feels(18, Duration.ofMinutes(1));
        assertEquals(List.of(), sent());
        assertEquals("False Unable", home.condition("second", "Controlled"));
    }

    // Admission.

    private Optional<String> refusal(String vessel, JsonObject control) {
        var spec = JsonObject.of("modelName", "thermometer", "connection", JsonObject.of("fake", JsonObject.EMPTY), "control", control);
        var metadata = JsonObject.of("namespace", "home", "name", vessel, "uid", vessel);
        return new Admission(home.house).refusal(null, DeviceSpec.read(JsonObject.of("metadata", metadata, "spec", spec)), home.now);
    }

    @ParameterizedTest @CsvSource(delimiter = '|', value = {
            "target     | warm       | target: expected a decimal number such as \"18.5\", found \"warm\"",
            "target     | NaN        | target: expected a decimal number such as \"18.5\", found \"NaN\"",
            "target     | 500        | target: temperature is between -40 and 120; found 500",
            "deadband   | 0          | deadband: expected more than 0, or it would switch all the time",
            "deadband   | -1         | deadband: expected more than 0, or it would switch all the time",
            "heaterName | nowhere    | there is no device nowhere in namespace home",
            "heaterName | other/oven | there is no device other/oven in namespace home",
            "heaterName | vessel     | vessel cannot control itself: heaterName and coolerName name other devices",
            "heaterName | cooler     | heater and cooler cannot be the same",
            "heaterName | lamp       | brightness of lamp is no writable Boolean of model light"})
    void whatMakesNoSenseIsRefusedInWords(String field, String value, String words) {
        home.device("lamp", "light");
        var control = CONTROL.with(field, value);
        assertEquals(Optional.of("spec.control: " + words), refusal("vessel", value.equals("lamp") ? control.with("heaterProperty", "brightness") : control));
    }

    @Test void aHeaterHasOneController() {
        assertEquals(Optional.of("spec.control: heater is switched by the thermostat of vessel already"), refusal("second", CONTROL));
        assertEquals(Optional.empty(), refusal("vessel", CONTROL));
        home.spec("heater", JsonObject.of("modelName", "relay", "connection", JsonObject.of("fake", JsonObject.EMPTY), "control",
                JsonObject.of("values", JsonArray.of(JsonObject.of("property", "on", "value", "true")))));
        assertEquals(Optional.of("spec.control: heater follows an expression of its own"), refusal("vessel", CONTROL));
    }

    @Test void aSensorHasToBeANumber() {
        assertEquals(Optional.of("spec.control: on of heater is no Number of model relay"),
                refusal("vessel", CONTROL.with("sensor", JsonObject.of("deviceName", "heater", "property", "on"))));
    }
}
