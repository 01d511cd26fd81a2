package home.oikos.driver.mqtt;

import home.oikos.driver.Announcement;
import home.oikos.driver.DeviceListener;
import home.oikos.driver.Refusals;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/// Hears what bridges and devices say of themselves and announces them. Belongs to the event loop.
final class Discovery {
    /// Devices announced by all sources together: a house has hundreds, a broken or hostile source makes thousands.
    static final int ANNOUNCED_MAX = 1_000;

    private final MqttSettings settings;
    private final DeviceListener listener;
    private final Refusals refusals;
    private final HomeAssistant homeAssistant;
    private final IspindelTopics ispindels = new IspindelTopics();
    private final Map<String, List<Announcement>> bySource = new HashMap<>();
    private final Set<String> shown = new HashSet<>();
    /// Announcements taken back for another object's sake, by the topics on which both still speak.
    private final Map<String, Set<String>> leaving = new HashMap<>();
    private final ToIntFunction<Set<String>> speakers;

    /// @param speakers how many devices that have an object speak on one of these topics
    Discovery(MqttSettings settings, DeviceListener listener, Refusals refusals, ToIntFunction<Set<String>> speakers) {
        this.settings = settings;
        this.listener = listener;
        this.refusals = refusals;
        this.speakers = speakers;
        this.homeAssistant = new HomeAssistant(settings.discoveryPrefix());
    }

    Set<String> topics() {
        return Set.of(bridgeDevices(), settings.discoveryPrefix() + "/+/+/config", settings.discoveryPrefix() + "/+/+/+/config", IspindelTopics.topics());
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
            } else if (IspindelTopics.isAbout(topic) && ispindels.hear(topic, payload)) {
                announce(IspindelTopics.topics(), ispindels.announcements());
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
        leaving.values().removeIf(topics -> speakers.applyAsInt(topics) < 2);
        bySource.values().forEach(announcements -> announcements.forEach(this::show));
    }

    /// A device that has an object already, whoever wrote it, is no discovery. One that gets a second object, because somebody wrote theirs after it was
    /// shown or because two sources announced it at once, is taken back: one announcement at a time, until its object is gone.
    private void show(Announcement announcement) {
        var topics = DeviceBinding.read(announcement.connection(), settings.zigbeeBase()).stateTopics();
        int known = speakers.applyAsInt(topics);
        if (known == 0 && shown.add(announcement.id())) listener.announced(announcement);
        if (known < 2 || leaving.values().stream().anyMatch(others -> !Collections.disjoint(others, topics))) return;
        leaving.put(announcement.id(), topics);
        shown.remove(announcement.id());
        listener.withdrawn(announcement.id());
    }
}
