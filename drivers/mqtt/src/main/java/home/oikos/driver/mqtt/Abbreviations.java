package home.oikos.driver.mqtt;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// The short names of Home Assistant's discovery in full, and `~` in its topics.
/// Source: home-assistant.io/integrations/mqtt, "Discovery messages and supported abbreviations": those that say something we use.
final class Abbreviations {
    private static final Map<String, String> FULL = table("""
            avty availability, avty_mode availability_mode, avty_t availability_topic, avty_tpl availability_template,
            bri_cmd_t brightness_command_topic, bri_scl brightness_scale, bri_stat_t brightness_state_topic,
            bri_val_tpl brightness_value_template, cmd_t command_topic, cmd_tpl command_template, cmps components, cns connections,
            dev device, dev_cla device_class, e encoding, exp_aft expire_after, hw hw_version, ids identifiers, mdl model, mf manufacturer,
            o origin, obj_id object_id, ops options, p platform, pl_avail payload_available, pl_not_avail payload_not_available,
            pl_off payload_off, pl_on payload_on, ret retain, sa suggested_area, schm schema, sn serial_number, stat_cla state_class,
            stat_off state_off, stat_on state_on, stat_t state_topic, stat_val_tpl state_value_template, sw sw_version, t topic,
            uniq_id unique_id, unit_of_meas unit_of_measurement, val_tpl value_template""");

    private Abbreviations() { }

    private static Map<String, String> table(String text) {
        var table = new HashMap<String, String>();
        for (var pair : text.split(",\\s*")) {
            var words = pair.strip().split(" ");
            table.put(words[0], words[1]);
        }
        return Map.copyOf(table);
    }

    /// The object with every name in full and every topic resolved.
    static JsonObject expand(Json json) {
        var full = names(json).object();
        return full.has("~") ? topics(full, full.at("~").text("")).object().without("~") : full;
    }

    private static Json names(Json json) {
        return switch (json) {
            case JsonObject object -> {
                var full = new LinkedHashMap<String, Json>();
                object.members().forEach((name, value) -> full.put(FULL.getOrDefault(name, name),
                        name.equals("cmps") || name.equals("components") ? components(value) : names(value)));
                yield JsonObject.copyOf(full);
            }
            case JsonArray array -> array.map(Abbreviations::names);
            default -> json;
        };
    }

    /// The names of components are the device's own words, never abbreviations.
    private static Json components(Json components) {
        var full = new LinkedHashMap<String, Json>();
        components.object().members().forEach((name, value) -> full.put(name, names(value)));
        return JsonObject.copyOf(full);
    }

    private static Json topics(Json json, String base) {
        return switch (json) {
            case JsonObject object -> {
                var resolved = new LinkedHashMap<String, Json>();
                object.members().forEach((name, value) -> resolved.put(name, isTopic(name, value) ? resolve(value, base) : topics(value, base)));
                yield JsonObject.copyOf(resolved);
            }
            case JsonArray array -> array.map(element -> topics(element, base));
            default -> json;
        };
    }

    private static boolean isTopic(String name, Json value) {
        return value.text().isPresent() && (name.equals("topic") || name.endsWith("_topic"));
    }

    private static Json resolve(Json value, String base) {
        var written = value.text("");
        if (written.startsWith("~")) return Json.of(base + written.substring(1));
        return written.endsWith("~") ? Json.of(written.substring(0, written.length() - 1) + base) : value;
    }
}
