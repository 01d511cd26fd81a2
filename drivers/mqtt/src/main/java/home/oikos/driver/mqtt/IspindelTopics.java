package home.oikos.driver.mqtt;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.driver.Announcement;
import home.oikos.driver.HydrometerForm;
import home.oikos.driver.ModelForm;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// iSpindels, which say one value a topic: `ispindel/NAME/gravity`, all within a second, then they sleep. Belongs to the event loop.
/// Source: github.com/universam1/iSpindel, the firmware's sender.
final class IspindelTopics {
    /// A brewery has some dozens.
    static final int NAMES_MAX = 64;
    private static final String TOPICS = "ispindel/+/+";
    private static final Pattern TOPIC = Pattern.compile("ispindel/([^/]+)/(tilt|temperature|temp_units|battery|gravity|interval|RSSI)");
    /// A value has a dozen.
    private static final int VALUE_BYTES_MAX = 64;
    private static final int USUAL_SECONDS = 900;
    /// What it calls what, in the order of the properties.
    private static final List<Map.Entry<String, String>> NAMES = List.of(Map.entry("gravity", "gravity"), Map.entry("temperature", "temperature"),
            Map.entry("angle", "tilt"), Map.entry("battery", "battery"), Map.entry("rssi", "RSSI"));

    /// What each said, by the last level of the topic; the numbers themselves do not matter.
    private final Map<String, Map<String, String>> said = new TreeMap<>();

    static String topics() {
        return TOPICS;
    }

    static boolean isAbout(String topic) {
        return topic.startsWith("ispindel/") && TOPIC.matcher(topic).matches();
    }

    /// @return whether more is known of it than before
    /// @throws IllegalArgumentException when the message cannot be used
    boolean hear(String topic, byte[] payload) {
        var match = TOPIC.matcher(topic);
        if (!match.matches()) return false;
        var name = match.group(1);
        if (!said.containsKey(name) && said.size() >= NAMES_MAX) throw new IllegalArgumentException("more than " + NAMES_MAX + " iSpindels speak");
        var text = Wire.text(payload, VALUE_BYTES_MAX);
        var before = said.computeIfAbsent(name, _ -> new TreeMap<>()).put(match.group(2), text);
        return before == null || !before.equals(text) && match.group(2).equals("temp_units");
    }

    /// Those whose units and rhythm are known.
    List<Announcement> announcements() {
        return said.entrySet().stream().filter(entry -> entry.getValue().keySet().containsAll(List.of("gravity", "temperature", "interval"))
                && entry.getValue().getOrDefault("temp_units", "").matches("[CFK]")).map(entry -> announcement(entry.getKey(), entry.getValue())).toList();
    }

    private static Announcement announcement(String name, Map<String, String> values) {
        var properties = NAMES.stream().<Json>map(entry -> JsonObject.of("name", entry.getKey(), "stateTopic", "~/" + entry.getValue(),
                "unit", entry.getKey().equals("temperature") ? values.get("temp_units") : null)).toList();
        return new Announcement("ispindel/" + name, ModelForm.label(name), "ispindel", HydrometerForm.ispindel(seconds(values)),
                JsonObject.of("topic", "ispindel/" + name, "format", "Text", "properties", new JsonArray(properties)), "");
    }

    private static int seconds(Map<String, String> values) {
        var interval = values.getOrDefault("interval", "");
        return interval.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(interval) : USUAL_SECONDS;
    }
}
