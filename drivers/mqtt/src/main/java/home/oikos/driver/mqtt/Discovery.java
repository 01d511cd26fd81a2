package home.oikos.driver.mqtt;

import home.oikos.driver.Announcement;
import home.oikos.driver.DeviceListener;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Hears what bridges and devices say of themselves and announces them. Belongs to the event loop.
final class Discovery {
    /// Devices announced by all sources together: a house has hundreds, a broken or hostile source makes thousands.
    static final int ANNOUNCED_MAX = 1_000;

    private final MqttSettings settings;
    private final DeviceListener listener;
    private final Refusals refusals;
    private final HomeAssistant homeAssistant;
    private final Map<String, Set<String>> bySource = new HashMap<>();

    Discovery(MqttSettings settings, DeviceListener listener, Refusals refusals) {
        this.settings = settings;
        this.listener = listener;
        this.refusals = refusals;
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
        var before = bySource.getOrDefault(source, Set.of());
        int others = bySource.values().stream().mapToInt(Set::size).sum() - before.size();
        var now = new HashSet<String>();
        for (var announcement : announcements) {
            if (others + now.size() >= ANNOUNCED_MAX) {
                refusals.tell(source, "more than " + ANNOUNCED_MAX + " devices are announced");
                break;
            }
            now.add(announcement.id());
            listener.announced(announcement);
        }
        before.stream().filter(id -> !now.contains(id)).forEach(listener::withdrawn);
        bySource.put(source, now);
    }
}
