package home.oikos.driver.mqtt;

import home.oikos.driver.Refusals;

/// Topic names as MQTT 3.1.1, section 4.7 has them.
final class Topics {
    /// The protocol's own limit is 65,535 bytes; no device known needs a tenth of this.
    static final int LENGTH_MAX = 1_024;

    private Topics() { }

    /// A topic of a device's block: `~` at its start or end stands for the base.
    /// @throws IllegalArgumentException when nothing can be published there
    static String resolve(String base, String written) {
        var topic = written.startsWith("~") ? base + written.substring(1) : written.endsWith("~") ? written.substring(0, written.length() - 1) + base : written;
        if (!isName(topic)) throw new IllegalArgumentException("\"" + Refusals.shortened(topic) + "\" is no topic name");
        return topic;
    }

    /// Whether a message can have this topic: not empty, no wildcard, no NUL.
    static boolean isName(String topic) {
        return !topic.isEmpty() && topic.length() <= LENGTH_MAX && topic.chars().noneMatch(c -> c == '+' || c == '#' || c == 0);
    }
}
