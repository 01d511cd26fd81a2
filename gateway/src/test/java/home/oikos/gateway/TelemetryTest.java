package home.oikos.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.driver.Value;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TelemetryTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ObjectKey FRIDGE = new ObjectKey("home", "fridge");
    private static final PropertyModel TEMPERATURE = PropertyModel.read(JsonObject.of("name", "temperature", "type", "Number"));
    private static final PropertyModel DOOR = PropertyModel.read(JsonObject.of("name", "door", "type", "Enum", "values", List.of("Open", "Closed")));

    private final Telemetry telemetry = new Telemetry(Optional.empty());

    @Test void theLastReadingOfEachSeriesIsAGaugeWithItsTime() {
        telemetry.add(FRIDGE, TEMPERATURE, new Value.Number(4.5), NOW);
        telemetry.add(FRIDGE, TEMPERATURE, new Value.Number(4.25), NOW.plusMillis(1_500));
        telemetry.add(FRIDGE, DOOR, new Value.Text("Closed"), NOW);
        assertEquals("""
                # HELP oikos_device_property The last reading of a device; true is 1, a word its place in the model.
                # TYPE oikos_device_property gauge
                oikos_device_property{namespace="home",device="fridge",property="door"} 1.0
                oikos_device_property{namespace="home",device="fridge",property="temperature"} 4.25
                # HELP oikos_device_property_time_seconds When it was read, in seconds since 1970: an old reading is no reading.
                # TYPE oikos_device_property_time_seconds gauge
                oikos_device_property_time_seconds{namespace="home",device="fridge",property="door"} 1767225600.000
                oikos_device_property_time_seconds{namespace="home",device="fridge",property="temperature"} 1767225601.500
                """, telemetry.metrics());
    }

    @Test void aNameCannotBreakOutOfItsLabel() {
        var odd = PropertyModel.read(JsonObject.of("name", "a\"b\\c\nd", "type", "Number"));
        telemetry.add(FRIDGE, odd, new Value.Number(1), NOW);
        assertTrue(telemetry.metrics().contains("property=\"a\\\"b\\\\c\\nd\"} 1.0\n"), telemetry.metrics());
    }

    @Test void aDeviceThatIsGoneIsForgotten() {
        telemetry.add(FRIDGE, TEMPERATURE, new Value.Number(4.5), NOW);
        telemetry.forget(FRIDGE);
        assertFalse(telemetry.metrics().contains("fridge"));
        assertEquals(List.of(), telemetry.properties(FRIDGE));
    }

    @Test void memoryHoldsAsManySeriesAsItsLimitAndReadingsAsARing() {
        for (int i = 0; i <= Telemetry.SERIES_MAX; i++) telemetry.add(new ObjectKey("home", "d" + i), TEMPERATURE, new Value.Number(i), NOW);
        assertEquals(Telemetry.SERIES_MAX, telemetry.latest().size());
        for (int i = 0; i < Ring.SAMPLES_MAX + 5; i++) telemetry.add(new ObjectKey("home", "d0"), TEMPERATURE, new Value.Number(i), NOW.plusMillis(i));
        var samples = telemetry.recent(new Series(new ObjectKey("home", "d0"), "temperature"));
        assertEquals(Ring.SAMPLES_MAX, samples.size());
        assertEquals(Ring.SAMPLES_MAX + 4, samples.getLast().value());
    }
}
