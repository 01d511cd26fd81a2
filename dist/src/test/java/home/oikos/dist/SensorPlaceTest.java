package home.oikos.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.driver.http.HttpSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SensorPlaceTest {
    @TempDir Path data;

    @Test void itIsChosenOnceAndKept() throws IOException {
        var first = new SensorPlace(data, "127.0.0.1").choose();
        assertEquals("127.0.0.1", first.getHostString());
        assertTrue(first.getPort() >= 8088, first.toString());
        assertEquals(first, new SensorPlace(data, "0.0.0.0").choose(), "sensors have it in their settings");
    }

    @Test void theOwnersChoiceHolds() throws IOException {
        SensorPlace.give(data, Ports.parse("--sensors", "127.0.0.2:9999"));
        assertEquals(new InetSocketAddress("127.0.0.2", 9999), new SensorPlace(data, "0.0.0.0").choose());
        var wrong = assertThrows(RuntimeException.class, () -> Ports.parse("--sensors", "9999"));
        assertTrue(wrong.getMessage().startsWith("--sensors: expected ADDRESS:PORT"), wrong.getMessage());
    }

    @Test void aFileThatIsNoneOfOursIsNamed() throws IOException {
        Files.writeString(data.resolve("sensors.json"), "8088");
        assertEquals(8088, new SensorPlace(data, "127.0.0.1").choose().getPort());
        Files.writeString(data.resolve("sensors.json"), "{");
        assertTrue(assertThrows(IOException.class, () -> new SensorPlace(data, "127.0.0.1").choose()).getMessage().contains("sensors.json"));
    }

    @Test void peopleAreTold() {
        var place = new SensorPlace(data, "127.0.0.1");
        var sensors = place.words(new InetSocketAddress("127.0.0.1", 8088), HttpSettings.Use.SENSORS);
        assertTrue(sensors.contains("http://127.0.0.1:8088/ispindel") && sensors.contains("not encrypted"), sensors);
        var images = place.words(new InetSocketAddress("127.0.0.1", 8088), HttpSettings.Use.IMAGES);
        assertTrue(images.contains("http://127.0.0.1:8088 until") && images.contains("not encrypted"), images);
    }

    @Test void devicesFetchFromAnAddressThatTheyReach() {
        var place = new SensorPlace(data, "0.0.0.0");
        assertEquals("127.0.0.2:8088", place.reached(new InetSocketAddress("127.0.0.2", 8088)));
        assertFalse(place.reached(new InetSocketAddress("0.0.0.0", 8088)).startsWith("0.0.0.0"));
    }
}
