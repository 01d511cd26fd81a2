package home.oikos.simulation;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// How the things of the demo house speak: lights, valve and leak sensor are Zigbee, the dishwasher and the fermenter introduce
/// themselves as Home Assistant expects, the others speak plain JSON.
final class Voices {
    private Voices() { }

    static List<Voice> demo() {
        return List.of(ZigbeeVoice.light("kitchen-light", "0x00158d0001a2b3c1"), ZigbeeVoice.light("living-light", "0x00158d0001a2b3c2"),
                ZigbeeVoice.light("porch-light", "0x00158d0001a2b3c3"), ZigbeeVoice.valve("water-valve", "0x00158d0001a2b3c4"),
                ZigbeeVoice.leak("leak-sensor", "0x00158d0001a2b3c5"), dishwasher(), fermenter(), new PlainVoice("flow-meter"), new PlainVoice("fridge"),
                new PlainVoice("front-door-lock"), new PlainVoice("vapour-sensor"), new PlainVoice("fermenter-heater"), new PlainVoice("fermenter-cooler"),
                new PlainVoice("brewery-fan"), new PlainVoice("fermenter-stirrer"));
    }

    private static Voice dishwasher() {
        var running = JsonObject.of("p", "switch", "unique_id", "dishwasher_running", "name", "Running", "val_tpl", "{{ value_json.running }}",
                "pl_on", "{\"running\":true}", "pl_off", "{\"running\":false}", "stat_on", "true", "stat_off", "false");
        var phase = sensor("dishwasher", "phase", null, null);
        return new DiscoveryVoice(new PlainVoice("dishwasher"), "Bosch", "Serie 6", JsonObject.of("running", running, "phase", phase,
                "remaining", sensor("dishwasher", "remaining", "duration", "min"), "power", sensor("dishwasher", "power", "power", "W")));
    }

    private static Voice fermenter() {
        return new DiscoveryVoice(new PlainVoice("fermenter"), "iSpindel", "7", JsonObject.of(
                "temperature", sensor("fermenter", "temperature", "temperature", "°C"), "gravity", sensor("fermenter", "gravity", null, "SG")));
    }

    private static JsonObject sensor(String device, String property, String deviceClass, String unit) {
        return JsonObject.of("p", "sensor", "unique_id", device + "_" + property, "name", property, "dev_cla", deviceClass, "unit_of_meas", unit,
                "val_tpl", "{{ value_json." + property + " }}");
    }

    /// What the Zigbee bridge says of itself and its devices.
    static List<Message> bridge(List<Voice> voices) {
        var listed = new ArrayList<Json>();
        listed.add(JsonObject.of("ieee_address", "0x00158d0001a2b3c0", "type", "Coordinator", "friendly_name", "Coordinator"));
        for (var voice : voices) if (voice instanceof ZigbeeVoice zigbee) listed.add(zigbee.listed());
        return List.of(Message.retained(ZigbeeVoice.BASE + "/bridge/state", JsonObject.of("state", "online")),
                Message.retained(ZigbeeVoice.BASE + "/bridge/devices", new JsonArray(listed)));
    }
}
