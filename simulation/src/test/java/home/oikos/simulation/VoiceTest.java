package home.oikos.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import home.oikos.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VoiceTest {
    @Test
    void aZigbeeLightSpeaksItsBridgesWords() {
        var voice = ZigbeeVoice.light("kitchen-light", "0x1");
        var said = Json.parse(voice.say(Map.of("on", Json.of(true), "brightness", Json.of(50))).payload());
        assertEquals("ON", said.at("state").text(""));
        assertEquals(127, said.at("brightness").integer(0));
        var asked = voice.understand("{\"state\":\"OFF\",\"brightness\":254}".getBytes(StandardCharsets.UTF_8));
        assertEquals(Json.of(false), asked.get("on"));
        assertEquals(100, asked.get("brightness").decimal(0));
        assertThrows(IllegalArgumentException.class, () -> voice.understand("{\"state\":\"MAYBE\"}".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void theBridgeListsItsDevicesAndItself() {
        var list = Json.parse(Voices.bridge(Voices.demo()).get(1).payload()).array();
        assertEquals(6, list.size());
        assertEquals("Coordinator", list.at(0).at("type").text(""));
        assertEquals("kitchen-light", list.at(1).at("friendly_name").text(""));
    }

    @Test
    void aDiscoveredDeviceNamesItsTopicsAndParts() {
        var dishwasher = Voices.demo().stream().filter(voice -> voice.thing().equals("dishwasher")).findFirst().orElseThrow();
        var config = dishwasher.introduce().getFirst();
        assertEquals("homeassistant/device/dishwasher/config", config.topic());
        var said = Json.parse(config.payload());
        assertEquals("house/dishwasher", said.at("~").text(""));
        assertEquals("switch", said.at("cmps").at("running").at("p").text(""));
    }
}
