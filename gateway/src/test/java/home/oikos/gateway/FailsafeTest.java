package home.oikos.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Failsafe values are driven for a device that was not heard within two periods and where control is lost, and nowhere else (DESIGN 5.1).
class FailsafeTest {
    private static final Duration PERIOD = Duration.ofSeconds(30);
    private final TestHome home = new TestHome();

    @BeforeEach void openValve() {
        home.device("valve", "valve").says("valve", "open", true).commit();
    }

    private List<String> commandsWithin(Duration time) {
        home.out.takeCommands();
        home.passes(time);
        return home.out.takeCommands().stream().distinct().toList();
    }

    @Test void aDeviceThatSpeaksIsLeftAsItIs() {
        for (int i = 0; i < 10; i++) {
            assertEquals(List.of(), commandsWithin(PERIOD));
            home.says("valve", "open", true);
        }
    }

    @Test void aDeviceSilentForTwoPeriodsIsToldItsFailsafeValue() {
        assertEquals(List.of(), commandsWithin(PERIOD.multipliedBy(2)));
        assertEquals(List.of("valve.open=false"), commandsWithin(Duration.ofSeconds(2)));
        assertEquals("False Applying", home.condition("valve", "InSync"));
    }

    @Test void afterARestartADeviceHasTwoPeriodsToSpeakAgain() {
        home.restart();
        assertEquals(List.of(), commandsWithin(PERIOD.multipliedBy(2)));
        home.says("valve", "open", true);
        assertEquals(List.of(), commandsWithin(PERIOD.multipliedBy(2)), "it was heard in time");
        home.restart();
        assertEquals(List.of("valve.open=false"), commandsWithin(PERIOD.multipliedBy(2).plusSeconds(2)));
    }

    @Test void onceItIsHeardNothingIsDrivenAnyMore() {
        home.passes(PERIOD.multipliedBy(3));
        home.says("valve", "open", true);
        assertEquals(List.of(), commandsWithin(PERIOD.multipliedBy(2)));
        assertEquals("True NothingWanted", home.condition("valve", "InSync"));
    }

    @Test void whatAPersonWantsStaysWanted() {
        home.want("valve", "open", true);
        assertEquals(List.of(), commandsWithin(PERIOD.multipliedBy(10)));
    }

    @Test void whereControlIsLostTheFailsafeValueTakesItsPlaceAndTheDeviceSaysSo() {
        home.device("t", "thermometer").says("t", "temperature", 18.0);
        control("device('t').temperature < 20");
        for (int i = 0; i < 5; i++) {
            home.says("valve", "open", true).passes(Duration.ofSeconds(25));
        }
        assertEquals("False Failed", home.condition("valve", "Controlled"));
        assertTrue(home.out.takeCommands().contains("valve.open=false"));
        home.says("t", "temperature", 18.0).passes(Duration.ofSeconds(1));
        assertEquals("True Following", home.condition("valve", "Controlled"));
    }

    private void control(String expression) {
        home.spec("valve", JsonObject.of("modelName", "valve", "connection", JsonObject.of("fake", JsonObject.EMPTY),
                "control", JsonObject.of("values", JsonArray.of(JsonObject.of("property", "open", "value", expression))))).commit();
        assertEquals("True Following", home.condition("valve", "Controlled"));
    }

    @Test void aFailsafeValueIsNoWayRoundAnInterlock() {
        home.device("pump", "relay").says("pump", "on", true);
        home.interlock("no-dry-pump", JsonObject.of("never", "device('pump').on && !device('valve').open", "safeValues",
                JsonArray.of(TestHome.safe("pump", "on", true)))).commit();
        assertEquals(List.of(), commandsWithin(PERIOD.multipliedBy(2).plusSeconds(2)).stream().filter("valve.open=false"::equals).toList());
        assertEquals("False Interlocked", home.condition("valve", "InSync"));
    }
}
