package home.oikos.driver.mqtt;

import home.oikos.driver.Announcement;
import home.oikos.driver.DeviceListener;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Hears what bridges and devices say of themselves and announces them. Belongs to the event loop.
final class Discovery {
    /// Devices announced by all sources together: a house has hundreds, a broken or hostile source makes thousands.
    static final int ANNOUNCED_MAX = 1_000;

    private final MqttSettings settings;
    private final DeviceListener listener;
    private final Refusals refusals;
    private final HomeAssistant homeAssistant;
    private final Map<String, List<Announcement>> bySource = new HashMap<>();
    private final Set<String> shown = new HashSet<>();
    private final Predicate<Set<String>> served;

    /// @param served whether a device that people know of already speaks on one of these topics
    Discovery(MqttSettings settings, DeviceListener listener, Refusals refusals, Predicate<Set<String>> served) {
        this.settings = settings;
        this.listener = listener;
        this.refusals = refusals;
        this.served = served;
        this.homeAssistant = new HomeAssistant(settings.discoveryPrefix());
    }

    Set<String> topics() {
        return Set.of(bridgeDevices(), settings.discoveryPrefix() + "/+/+/config", settings.discoveryPrefix() + "/+/+/+/config");
    }

    private String bridgeDevices() {
        return settings.zigbeeBase() + "/bridge/devices";
    }

    void hear(String topic, byte[] payload) {
        try {
            if (topic.equals(bridgeDevices())) {
                announce(topic, Zigbee2Mqtt.announcements(Wire.json(payload, Wire.BRIDGE_BYTES_MAX), settings.zigbeeBase()));
            } else if (homeAssistant.isConfig(topic)) {
                homeAssistant.hear(topic, payload);
                announce(settings.discoveryPrefix(), homeAssistant.announcements());
            }
        } catch (IllegalArgumentException unusable) {
            refusals.tell(topic, unusable.getMessage());
        }
    }

    private void announce(String source, List<Announcement> announcements) {
        var before = bySource.getOrDefault(source, List.of());
        int others = bySource.values().stream().mapToInt(List::size).sum() - before.size();
        if (others + announcements.size() > ANNOUNCED_MAX) refusals.tell(source, "more than " + ANNOUNCED_MAX + " devices are announced");
        var kept = announcements.stream().limit(Math.max(0, ANNOUNCED_MAX - others)).toList();
        bySource.put(source, kept);
        var now = kept.stream().map(Announcement::id).collect(Collectors.toSet());
        before.stream().map(Announcement::id).filter(id -> !now.contains(id) && shown.remove(id)).forEach(listener::withdrawn);
        kept.forEach(this::show);
    }

    /// Which devices are known has changed.
    void reconsider() {
        bySource.values().forEach(announcements -> announcements.forEach(this::show));
    }

    /// A device that has an object already, whoever wrote it, is no discovery.
    private void show(Announcement announcement) {
        var topics = DeviceBinding.read(announcement.connection(), settings.zigbeeBase()).stateTopics();
        if (!served.test(topics) && shown.add(announcement.id())) listener.announced(announcement);
    }
}
