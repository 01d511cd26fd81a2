package home.oikos.driver.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import home.oikos.api.Json;
import home.oikos.driver.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Each wire form: what a payload says, and what a command looks like.
class BindingTest {
    private static DeviceBinding binding(String block) {
        return DeviceBinding.read(Json.parse(block).object(), "zigbee2mqtt");
    }

    private static List<String> read(String block, String topic, String payload) {
        var lines = new ArrayList<String>();
        StateReader.read(binding(block), topic, payload.getBytes(StandardCharsets.UTF_8), false, why -> lines.add("refused: " + why))
                .forEach(reading -> lines.add(reading.property() + "=" + reading.value()));
        return lines;
    }

    private static String command(String block, String property, Value value) {
        var bound = binding(block).property(property).orElseThrow();
        return bound.commandTopic() + " " + bound.command(value);
    }

    @Test void zigbeesStateIsOurOn() {
        var block = "{\"topic\":\"zigbee2mqtt/x\",\"format\":\"Zigbee2mqtt\"}";
        assertEquals(List.of("on=true", "linkquality=90"),
                read(block, "zigbee2mqtt/x", "{\"state\":\"ON\",\"linkquality\":90,\"update\":{\"state\":\"idle\"}}"));
        assertEquals("zigbee2mqtt/x/set {\"state\":\"OFF\"}", command(block, "on", new Value.Bool(false)));
    }

    @Test void theFactorScalesBothWays() {
        var block = "{\"topic\":\"zigbee2mqtt/x\",\"format\":\"Zigbee2mqtt\",\"properties\":[{\"name\":\"brightness\",\"factor\":\"0.3937007874\"}]}";
        assertEquals(List.of("brightness=100"), read(block, "zigbee2mqtt/x", "{\"brightness\":254}"));
        assertEquals("zigbee2mqtt/x/set {\"brightness\":102}", command(block, "brightness", new Value.Number(40)));
    }

    @Test void aNameOfTheDeviceMayBeRenamed() {
        var block = "{\"topic\":\"zigbee2mqtt/x\",\"format\":\"Zigbee2mqtt\",\"properties\":[{\"name\":\"wet\",\"path\":\"water_leak\"}]}";
        assertEquals(List.of("wet=true"), read(block, "zigbee2mqtt/x", "{\"water_leak\":true}"));
    }

    @Test void plainJsonHasItsOwnTopics() {
        var block = """
                {"topic":"house/x","properties":[{"name":"on","stateTopic":"~/state","commandTopic":"~/cmd","path":"power.on",
                "onValue":"yes","offValue":"no"}]}""";
        assertEquals(List.of("on=true"), read(block, "house/x/state", "{\"power\":{\"on\":\"yes\"}}"));
        assertEquals(List.of("refused: on is yes or no; found perhaps"), read(block, "house/x/state", "{\"power\":{\"on\":\"perhaps\"}}"));
        assertEquals("house/x/cmd {\"power\":{\"on\":\"no\"}}", command(block, "on", new Value.Bool(false)));
    }

    @Test void textPayloadsAreTheValue() {
        var block = "{\"topic\":\"t\",\"format\":\"Text\",\"properties\":[{\"name\":\"temperature\",\"stateTopic\":\"~/temp\",\"commandTopic\":\"~/set\"}]}";
        assertEquals(List.of("temperature=21.5"), read(block, "t/temp", "21.5"));
        assertEquals("t/set 20", command(block, "temperature", new Value.Number(20)));
    }

    @Test void templatesAndWholePayloadsWriteCommands() {
        var block = """
                {"properties":[{"name":"mode","stateTopic":"s","commandTopic":"c","commandTemplate":"{\\"m\\": \\"{{value}}\\"}"},
                {"name":"level","stateTopic":"s","commandTopic":"c","commandTemplate":"L{{value}}"},
                {"name":"on","stateTopic":"s","commandTopic":"c","onPayload":"GO","offPayload":"STOP"}]}""";
        assertEquals("c {\"m\": \"a \\\"b\\\"\"}", command(block, "mode", new Value.Text("a \"b\"")));
        assertEquals("c L7", command(block, "level", new Value.Number(7)));
        assertEquals("c STOP", command(block, "on", new Value.Bool(false)));
    }

    @Test void payloadsOfTheWrongShapeAreRefusedInWords() {
        var block = "{\"topic\":\"t\",\"properties\":[{\"name\":\"on\"}]}";
        assertEquals(List.of("refused: expected a value at on"), read(block, "t", "{\"on\":{\"deep\":1}}"));
        assertEquals(List.of("off=true"), read(block, "t", "{\"off\":true}"), "the model knows whether there is such a property");
        assertEquals(List.of("refused: expected a JSON object"), read(block, "t", "[1]"));
        assertEquals(List.of("on=3"), read(block, "t", "{\"on\":3}"), "the gateway knows the type");
    }

    @Test void availabilitySpeaksJsonOrText() {
        var zigbee = AvailabilityBinding.zigbee("a");
        assertEquals(Optional.of(true), zigbee.read("{\"state\":\"online\"}".getBytes(StandardCharsets.UTF_8)));
        assertEquals(Optional.of(false), zigbee.read("offline".getBytes(StandardCharsets.UTF_8)));
        assertEquals(Optional.empty(), zigbee.read("7".getBytes(StandardCharsets.UTF_8)));
    }

    @Test void aBlockThatMakesNoSenseIsRefused() {
        for (var block : List.of("{}", "{\"topic\":\"#\"}", "{\"topic\":\"x\",\"format\":\"Xml\"}",
                "{\"topic\":\"x\",\"properties\":[{\"name\":\"a\",\"factor\":0}]}",
                "{\"topic\":\"x\",\"properties\":[{\"name\":\"a\",\"stateTopic\":\"~/#\"}]}")) {
            assertThrows(IllegalArgumentException.class, () -> DeviceBinding.read(Json.parse(block).object(), "zigbee2mqtt"), block);
        }
    }

    private static final String TILT = "{\"topic\":\"tilts/scanner\",\"format\":\"Tilt\"%s}";

    private static List<String> tilt(String more, String payload) {
        var lines = new ArrayList<String>();
        StateReader.read(binding(TILT.formatted(more)), "tilts/scanner", payload.getBytes(StandardCharsets.UTF_8), false,
                why -> lines.add("refused: " + why)).forEach(reading -> lines.add("%s=%s %s".formatted(reading.property(), reading.value(),
                reading.unit()).strip()));
        return lines;
    }

    @Test void aTiltSaysFahrenheitAndPointsAndAProTenthsMore() {
        assertEquals(List.of("temperature=68 °F", "gravity=1.016 SG", "rssi=-62"),
                tilt("", "{\"uuid\":\"a495bb10c5b14b44b5121370f02d74de\",\"major\":68,\"minor\":1016,\"tx_power\":197,\"rssi\":-62,\"mac\":\"x\"}"));
        assertEquals(List.of("temperature=33.2 °F", "gravity=1.0121 SG", "batteryWeeks=90", "rssi=-28"),
                tilt("", "{\"uuid\":\"a495bb50c5b14b44b5121370f02d74de\",\"major\":332,\"minor\":10121,\"tx_power\":90,\"rssi\":-28}"));
    }

    /// 197 and the weeks come in turns; some scanners write the byte with a sign.
    @Test void aTiltsBatteryIsToldEveryOtherTime() {
        var beacon = "{\"uuid\":\"A495BB80-C5B1-4B44-B512-1370F02D74DE\",\"major\":70,\"minor\":1050,\"txpower\":%d}";
        assertEquals(List.of("temperature=70 °F", "gravity=1.05 SG"), tilt("", beacon.formatted(-59)));
        assertEquals(List.of("temperature=70 °F", "gravity=1.05 SG", "batteryWeeks=12"), tilt("", beacon.formatted(12)));
        assertEquals(List.of("temperature=70 °F", "gravity=1.05 SG", "batteryWeeks=152"), tilt("", beacon.formatted(-104)));
    }

    @Test void aTiltsFirmwareIsNoTemperature() {
        assertEquals(List.of("firmware=1005"), tilt("", "{\"uuid\":\"a495bb30c5b14b44b5121370f02d74de\",\"major\":999,\"minor\":1005}"));
    }

    @Test void ofSeveralTiltsOnATopicTheColorIsHeard() {
        var green = "{\"uuid\":\"a495bb20c5b14b44b5121370f02d74de\",\"major\":68,\"minor\":1016}";
        assertEquals(List.of(), tilt(",\"color\":\"Red\"", green));
        assertEquals(List.of("temperature=68 °F", "gravity=1.016 SG"), tilt(",\"color\":\"Green\"", green));
    }

    @Test void whatIsNoTiltIsRefused() {
        assertEquals(List.of("refused: expected the uuid of a Tilt, found \"fda50693a4e24fb1afcfc6eb07647825\""),
                tilt("", "{\"uuid\":\"fda50693a4e24fb1afcfc6eb07647825\",\"major\":1,\"minor\":2}"));
        assertEquals(List.of("refused: expected minor"), tilt("", "{\"uuid\":\"a495bb30c5b14b44b5121370f02d74de\",\"major\":68}"));
        assertEquals(List.of("refused: expected major as two bytes, found 68.5"),
                tilt("", "{\"uuid\":\"a495bb30c5b14b44b5121370f02d74de\",\"major\":68.5,\"minor\":1016}"));
        assertEquals(List.of("refused: expected major as two bytes, found 99999999"),
                tilt("", "{\"uuid\":\"a495bb30c5b14b44b5121370f02d74de\",\"major\":99999999,\"minor\":1016}"));
        assertEquals(List.of("refused: expected the uuid of a Tilt, found \"\""), tilt("", "[]"));
        assertThrows(IllegalArgumentException.class, () -> binding("{\"format\":\"Tilt\"}"));
        assertThrows(IllegalArgumentException.class, () -> binding(TILT.formatted(",\"color\":\"White\"")));
    }

    @Test void severalSensorsMakeOnePropertyWhereATopicHasAPlus() {
        var block = "{\"topic\":\"readers\",\"properties\":[{\"name\":\"ethanol\",\"stateTopic\":\"~/+/state\",\"unit\":\"mg/m³\"}]}";
        assertEquals(List.of("one: ethanol=120 mg/m³"), sources(block, "readers/one/state", "{\"ethanol\":120}"));
        assertEquals(List.of("two: ethanol=130 mg/m³"), sources(block, "readers/two/state", "{\"ethanol\":130}"));
        for (var other : List.of("readers//state", "readers/state", "readers/one/two/state", "others/one/state")) {
            assertEquals(List.of(), sources(block, other, "{\"ethanol\":120}"), other);
        }
        for (var wrong : List.of("~/+/+/state", "~/#", "~/+/#", "~/one+/state", "+one/state")) {
            assertThrows(IllegalArgumentException.class, () -> binding(block.replace("~/+/state", wrong)), wrong);
        }
        assertThrows(IllegalArgumentException.class, () -> binding(block.replace("stateTopic", "commandTopic")), "nothing can be published there");
    }

    private static List<String> sources(String block, String topic, String payload) {
        return StateReader.read(binding(block), topic, payload.getBytes(StandardCharsets.UTF_8), false, why -> { }).stream()
                .filter(reading -> reading.property().equals("ethanol")).map(reading -> "%s: %s=%s %s".formatted(reading.source(), reading.property(),
                        reading.value(), reading.unit())).toList();
    }
}
