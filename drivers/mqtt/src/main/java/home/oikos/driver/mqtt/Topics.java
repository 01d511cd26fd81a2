package home.oikos.driver.mqtt;

import home.oikos.driver.Refusals;
import java.util.List;
import java.util.Optional;

/// Topic names as MQTT 3.1.1, section 4.7 has them.
final class Topics {
    /// The protocol's own limit is 65,535 bytes; no device known needs a tenth of this.
    static final int LENGTH_MAX = 1_024;

    private Topics() { }

    /// A topic of a device's block: `~` at its start or end stands for the base.
    /// @throws IllegalArgumentException when nothing can be published there
    static String resolve(String base, String written) {
        var topic = full(base, written);
        if (!isName(topic)) throw new IllegalArgumentException("\"" + Refusals.shortened(topic) + "\" is no topic name");
        return topic;
    }

    /// The same for a topic to listen to, of which one level may be `+`: each of several sensors has its name there.
    static String resolveState(String base, String written) {
        var topic = full(base, written);
        int level = sourceLevel(topic);
        if (level < 0) return resolve(base, written);
        var levels = topic.split("/", -1);
        levels[level] = "x";
        if (isName(String.join("/", levels))) return topic;
        throw new IllegalArgumentException("expected one + in \"" + Refusals.shortened(topic) + "\", and no other wildcard");
    }

    private static String full(String base, String written) {
        return written.startsWith("~") ? base + written.substring(1) : written.endsWith("~") ? written.substring(0, written.length() - 1) + base : written;
    }

    /// Which level of a topic is `+`; negative when none is.
    static int sourceLevel(String topic) {
        return List.of(topic.split("/", -1)).indexOf("+");
    }

    /// What a topic has where the other has `+`, if they are the same elsewhere.
    static Optional<String> source(String pattern, String topic) {
        int level = sourceLevel(pattern);
        var wanted = pattern.split("/", -1);
        var found = topic.split("/", -1);
        if (level < 0 || wanted.length != found.length || found[level].isEmpty()) return Optional.empty();
        wanted[level] = found[level];
        return List.of(wanted).equals(List.of(found)) ? Optional.of(found[level]) : Optional.empty();
    }

    /// Whether a message can have this topic: not empty, no wildcard, no NUL.
    static boolean isName(String topic) {
        return !topic.isEmpty() && topic.length() <= LENGTH_MAX && topic.chars().noneMatch(c -> c == '+' || c == '#' || c == 0);
    }
}
