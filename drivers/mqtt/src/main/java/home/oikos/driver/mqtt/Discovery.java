package home.oikos.driver.mqtt;

import home.oikos.driver.Announcement;
import home.oikos.driver.DeviceListener;
import home.oikos.driver.Refusals;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/// Hears what bridges and devices say of themselves and announces them. Belongs to the event loop.
final class Discovery {
    /// Devices announced by all sources together: a house has hundreds, a broken or hostile source makes thousands.
    static final int ANNOUNCED_MAX = 1_000;
    private static final String TILTS = "Tilts";

    private final MqttSettings settings;
    private final DeviceListener listener;
    private final Refusals refusals;
    private final HomeAssistant homeAssistant;
    private final IspindelTopics ispindels = new IspindelTopics();
    private final Tilts tilts = new Tilts();
    private final Map<String, List<Announcement>> bySource = new HashMap<>();
    private final Set<String> shown = new HashSet<>();
    /// Announcements taken back for another object's sake, as long as both still speak.
    private final Map<String, DeviceBinding> leaving = new HashMap<>();
    private final ToIntFunction<DeviceBinding> speakers;

    /// @param speakers how many devices that have an object may be this one
    Discovery(MqttSettings settings, DeviceListener listener, Refusals refusals, ToIntFunction<DeviceBinding> speakers) {
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
            } else if (tilts.hear(topic, payload)) {
                announce(TILTS, tilts.announcements());
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

    /// Why nobody knows which Tilt is meant; empty when it is known.
    Optional<String> mixed(Tilt tilt) {
        return tilts.mixed(tilt);
    }

    /// Which devices are known has changed.
    /// @param tiltTopics where Tilts are heard
    void reconsider(Set<String> tiltTopics) {
        if (tilts.listen(tiltTopics)) announce(TILTS, tilts.announcements());
        leaving.values().removeIf(device -> speakers.applyAsInt(device) < 2);
        bySource.values().forEach(announcements -> announcements.forEach(this::show));
    }

    /// A device that has an object already, whoever wrote it, is no discovery. One that gets a second object, because somebody wrote theirs after it was
    /// shown or because two sources announced it at once, is taken back: one announcement at a time, until its object is gone.
    private void show(Announcement announcement) {
        var device = DeviceBinding.read(announcement.connection(), settings.zigbeeBase());
        int known = speakers.applyAsInt(device);
        if (known == 0 && shown.add(announcement.id())) listener.announced(announcement);
        if (known < 2 || leaving.values().stream().anyMatch(device::meets)) return;
        leaving.put(announcement.id(), device);
        shown.remove(announcement.id());
        listener.withdrawn(announcement.id());
    }
}
