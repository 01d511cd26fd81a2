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
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is believed of a brewer's sensors, and what is not.
class ReadingTest {
    private final TestHome home = new TestHome();

    @BeforeEach void sensors() {
        home.house.put(ModelSpec.read(TestHome.model("spindle",
                TestHome.property("temperature", "Number").with("unit", "°C").with("minimum", 0).with("maximum", 45).with("expectedPeriodSeconds", 60),
                TestHome.property("gravity", "Number").with("unit", "SG").with("minimum", "0.98").with("maximum", "1.16")
                        .with("deadband", "0.0005"))), home.now);
        home.house.put(ModelSpec.read(TestHome.model("nose", TestHome.property("ethanol", "Number").with("unit", "ppm").with("substance", "Ethanol")
                .with("minimum", 0).with("maximum", 20_000).with("deadband", 10).with("expectedPeriodSeconds", 60))), home.now);
        home.device("spindle", "spindle").device("nose", "nose").device("fan", "switch");
        home.says("spindle", "temperature", 20.0).says("spindle", "gravity", 1.05).commit();
    }

    private void says(String device, Reading reading) {
        home.house.read(TestHome.key(device), List.of(reading), home.delivery(), home.now);
        home.passes(Duration.ofSeconds(60));
    }

    private static Reading number(String property, double amount) {
        return new Reading(property, new Value.Number(amount));
    }

    private Json reported(String device, String property) {
        return home.status(device).at("reported", property, "value");
    }

    @ParameterizedTest @CsvSource({"temperature, 64.4, °F, 18", "temperature, 291.15, K, 18", "gravity, 12, °P, 1.048373", "gravity, 1.05, '', 1.05"})
    void aDeclaredUnitIsTurnedIntoTheModels(String property, double amount, String unit, double expected) {
        says("spindle", number(property, amount).in(unit));
        assertEquals(expected, reported("spindle", property).decimal(0), 1e-5);
    }

    @ParameterizedTest @CsvSource({"gravity, NaN", "gravity, -1.05", "gravity, 0", "gravity, 12.3", "gravity, Infinity",
            "temperature, 64.4", "temperature, NaN",
            "temperature, 85", "temperature, -127"})
    void anUndeclaredOneHasToBePlausible(String property, double amount) {
        var before = reported("spindle", property);
        says("spindle", number(property, amount));
        assertEquals(before, reported("spindle", property));
        assertEquals("False Stale", home.condition("spindle", "Fresh"));
        assertTrue(home.out.told.getLast().startsWith("spindle ReadingRefused: " + property + " is between"), home.out.told.toString());
    }

    @Test void aUnitThatLeadsNowhereIsRefused() {
        says("spindle", number("gravity", 1.02).in("bar"));
        assertEquals("spindle ReadingRefused: gravity is in SG; found a value in bar", home.out.told.getLast());
    }

    @Test void aGasIsReadInEveryUnitOfItsTrade() {
        says("nose", number("ethanol", 10).in("% LEL"));
        assertEquals(3_300, reported("nose", "ethanol").decimal(0));
        says("nose", number("ethanol", 1_884.3).in("mg/m³"));
        assertEquals(1_000, reported("nose", "ethanol").decimal(0), 0.1);
    }

    @Test void severalSensorsMakeOneValueWithoutTheOneThatStandsAlone() {
        for (var source : List.of("a", "b", "c"))
            home.house.read(TestHome.key("nose"), List.of(number("ethanol", 1_000).from(source)), home.delivery(), home.now);
        home.house.read(TestHome.key("nose"), List.of(number("ethanol", 19_000).from("mad")), home.delivery(), home.now);
        home.house.read(TestHome.key("nose"), List.of(number("ethanol", Double.NaN).from("broken")), home.delivery(), home.now);
        home.commit();
        assertEquals(1_000, reported("nose", "ethanol").decimal(0));
        assertEquals(4, home.status("nose").at("reported", "ethanol", "sources").integer(0));
        assertEquals("True Fresh", home.condition("nose", "Fresh"), "one that talks nonsense leaves the others as they are");
    }

    // The numbers of an alarm: 10 % of the lower explosive limit is 3,300 ppm.

    private void alarm() {
        home.interlock("vapour", JsonObject.of("always", "device('nose').ethanol < 3300.0", "latched", true,
                "safeValues", JsonArray.of(TestHome.safe("fan", "on", true))));
        home.says("nose", "ethanol", 100).says("fan", "on", false).commit();
        home.out.takeCommands();
    }

    @Test void vapourLatchesUntilAPersonResets() {
        alarm();
        home.says("nose", "ethanol", 3_300).commit();
        assertEquals(List.of("fan.on=true"), home.out.takeCommands());
        home.says("nose", "ethanol", 100).commit();
        assertTrue(home.interlocks.get(TestHome.key("vapour")).at("status", "latchedTime").isPresent());
    }

    @ParameterizedTest @ValueSource(doubles = {Double.NaN, -5, 1e9})
    void aNoseThatTalksNonsenseHasTheSafeValuesDrivenAsLongAsItDoes(double nonsense) {
        alarm();
        home.house.read(TestHome.key("nose"), List.of(number("ethanol", nonsense)), home.delivery(), home.now);
        home.commit();
        assertEquals(List.of("fan.on=true"), home.out.takeCommands());
        home.says("nose", "ethanol", 100).commit();
        assertFalse(home.interlocks.get(TestHome.key("vapour")).at("status", "latchedTime").isPresent(), "nothing was smelled, so nobody has to come");
    }

    private void probe() {
        home.house.put(ModelSpec.read(TestHome.model("probe", TestHome.property("temperature", "Number").with("unit", "°C").with("minimum", -5)
                .with("maximum", 45).with("deadband", "0.1").with("maximumChangePerMinute", 1).with("expectedPeriodSeconds", 60))), home.now);
        home.device("probe", "probe");
    }

    private void probeSays(double... amounts) {
        for (double amount : amounts) says("probe", number("temperature", amount));
    }

    @Test void aSensorThatLeapsIsBelievedOnceItIsSteadyAgain() {
        probe();
        probeSays(20, 20.5, 21, 21);
        assertFalse(reported("probe", "temperature").isPresent(), "it was found just now");
        probeSays(20);
        assertEquals(20, reported("probe", "temperature").decimal(0));
        probeSays(19, 18);
        assertEquals(18, reported("probe", "temperature").decimal(0), "a degree a minute");
        probeSays(40);
        assertEquals("probe ReadingRefused: temperature can move 1 a minute; found 40 after 18", home.out.told.getLast());
        assertEquals("False Stale", home.condition("probe", "Fresh"));
        probeSays(40.2, 40.1, 39.8);
        assertEquals("probe ReadingRefused: temperature can move 1 a minute and is not steady yet; found 39.8", home.out.told.getLast());
        assertEquals(18, reported("probe", "temperature").decimal(0));
        probeSays(39.5);
        assertEquals(39.5, reported("probe", "temperature").decimal(0), "it was put elsewhere");
        assertEquals("True Fresh", home.condition("probe", "Fresh"));
    }

    @Test void whatCannotBeBreaksTheRowAndSilenceGivesRoom() {
        probe();
        probeSays(20, 20, 20, 20, 85, 20, 20, 20, 20);
        assertFalse(reported("probe", "temperature").isPresent(), "four in a row");
        probeSays(20);
        home.passes(Duration.ofMinutes(10));
        probeSays(29);
        assertEquals(29, reported("probe", "temperature").decimal(0));
    }

    /// What owserver's fake thermometers say.
    @ParameterizedTest @ValueSource(longs = {1, 2, 3, 4, 5})
    void aWildSensorIsNeverBelieved(long seed) {
        probe();
        new SplittableRandom(seed).doubles(2_000, 22, 73).forEach(this::probeSays);
        assertFalse(reported("probe", "temperature").isPresent());
    }
}
