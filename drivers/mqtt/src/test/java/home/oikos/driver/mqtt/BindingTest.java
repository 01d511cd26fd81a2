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
                "{\"topic\":\"x\",\"properties\":[{\"name\":\"a\",\"stateTopic\":\"~/+\"}]}")) {
            assertThrows(IllegalArgumentException.class, () -> DeviceBinding.read(Json.parse(block).object(), "zigbee2mqtt"), block);
        }
    }
}
