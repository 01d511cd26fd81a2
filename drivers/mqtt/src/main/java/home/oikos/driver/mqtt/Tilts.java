package home.oikos.driver.mqtt;

import home.oikos.api.JsonObject;
import home.oikos.driver.Announcement;
import home.oikos.driver.HydrometerForm;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The Tilts that are heard where a Device listens to one: a scanner publishes all that are near. Belongs to the event loop.
final class Tilts {
    /// A scanner in each room; each has at most the eight colors.
    static final int TOPICS_MAX = 64;
    /// They send a beacon each second; a scanner says so once a minute or oftener.
    private static final int USUAL_SECONDS = 60;

    private Set<String> topics = Set.of();
    private final Map<String, Set<String>> colors = new TreeMap<>();

    /// @return whether some are heard no more
    boolean listen(Set<String> wanted) {
        topics = wanted;
        return colors.keySet().retainAll(wanted);
    }

    /// @return whether this one was not heard there before
    boolean hear(String topic, byte[] payload) {
        if (!topics.contains(topic) || !colors.containsKey(topic) && colors.size() >= TOPICS_MAX) return false;
        try {
            return colors.computeIfAbsent(topic, _ -> new TreeSet<>()).add(Tilt.speaker(new Payload(payload)));
        } catch (IllegalArgumentException other) {
            // Whoever listens there says so.
            return false;
        }
    }

    /// Why nobody knows which one is meant; empty when it is known. Two batches read as one would be a leap of gravity each minute.
    Optional<String> mixed(Tilt tilt) {
        var heard = colors.getOrDefault(tilt.topic(), Set.of());
        return tilt.color().isEmpty() && heard.size() > 1
                ? Optional.of("Tilts of several colors speak here (%s); say with color which one it is".formatted(String.join(", ", heard))) : Optional.empty();
    }

    List<Announcement> announcements() {
        return colors.entrySet().stream().flatMap(entry -> entry.getValue().stream().map(color -> announcement(entry.getKey(), color))).toList();
    }

    private static Announcement announcement(String topic, String color) {
        return new Announcement("tilt/" + topic + "/" + color, "tilt-" + color.toLowerCase(Locale.ROOT), "tilt", HydrometerForm.tilt(USUAL_SECONDS),
                JsonObject.of("topic", topic, "format", "Tilt", "color", color), "");
    }
}
