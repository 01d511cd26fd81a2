package home.oikos.driver.mqtt;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.driver.Command;
import home.oikos.driver.Delivery;
import home.oikos.driver.DeviceListener;
import home.oikos.driver.Refusals;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Knows who speaks on which topic: what a message says to whom, and what a command is as a message. Belongs to the event loop.
final class Desk {
    private final DeviceListener listener;
    private final Refusals refusals;
    private final Discovery discovery;
    private final MqttSettings settings;
    private final Map<ObjectKey, JsonObject> blocks = new HashMap<>();
    private final Map<ObjectKey, DeviceBinding> bindings = new TreeMap<>();
    private final Map<String, Set<ObjectKey>> byTopic = new HashMap<>();
    /// Devices that are made of several sensors: their topics are patterns.
    private final Set<ObjectKey> joined = new LinkedHashSet<>();
    /// What was said of each device by itself and by its bridge.
    private final Map<ObjectKey, Boolean> selfOnline = new HashMap<>();
    private final Map<String, Boolean> bridgeOnline = new HashMap<>();

    Desk(MqttSettings settings, DeviceListener listener, Refusals refusals) {
        this.settings = settings;
        this.listener = listener;
        this.refusals = refusals;
        this.discovery = new Discovery(settings, listener, refusals, this::speakers);
    }

    void serve(Map<ObjectKey, JsonObject> wanted) {
        blocks.keySet().retainAll(wanted.keySet());
        bindings.keySet().retainAll(wanted.keySet());
        selfOnline.keySet().retainAll(wanted.keySet());
        wanted.forEach((device, block) -> {
            if (!block.equals(blocks.put(device, block))) bind(device, block);
        });
        byTopic.clear();
        joined.clear();
        bindings.forEach((device, binding) -> {
            if (binding.hasSources()) joined.add(device);
        });
        bindings.forEach((device, binding) -> binding.topics().forEach(topic -> byTopic.computeIfAbsent(topic, _ -> new LinkedHashSet<>()).add(device)));
        discovery.reconsider(bindings.values().stream().flatMap(binding -> binding.tilt().stream()).map(Tilt::topic).collect(Collectors.toSet()));
    }

    private int speakers(DeviceBinding announced) {
        return (int) announced.stateTopics().stream().flatMap(topic -> byTopic.getOrDefault(topic, Set.of()).stream()).distinct()
                .filter(device -> bindings.get(device).meets(announced)).count();
    }

    private void bind(ObjectKey device, JsonObject block) {
        try {
            bindings.put(device, DeviceBinding.read(block, settings.zigbeeBase()));
        } catch (IllegalArgumentException senseless) {
            bindings.remove(device);
            refusals.tell("spec.connection.mqtt of " + device, senseless.getMessage());
        }
    }

    Set<String> topics() {
        var topics = new LinkedHashSet<>(byTopic.keySet());
        topics.addAll(discovery.topics());
        return topics;
    }

    void linked(boolean up, String why) {
        listener.linked(up, why);
    }

    void hear(String topic, byte[] payload, boolean retained, Delivery delivery) {
        if (!Topics.isName(topic)) {
            refusals.tell(topic, "no topic name");
            delivery.acknowledge();
            return;
        }
        discovery.hear(topic, payload);
        var speakers = speaking(topic);
        var receipt = new SharedDelivery(delivery);
        for (var device : speakers) hear(device, topic, payload, retained, receipt);
        receipt.close();
    }

    private List<ObjectKey> speaking(String topic) {
        var speaking = new LinkedHashSet<>(byTopic.getOrDefault(topic, Set.of()));
        joined.stream().filter(device -> !bindings.get(device).listed(topic).isEmpty()).forEach(speaking::add);
        return List.copyOf(speaking);
    }

    private void hear(ObjectKey device, String topic, byte[] payload, boolean retained, SharedDelivery receipt) {
        var binding = bindings.get(device);
        availability(device, binding, topic, payload);
        var mixed = binding.tilt().flatMap(discovery::mixed);
        if (mixed.isPresent()) {
            refusals.tell(topic, "of " + device + ": " + mixed.get());
            return;
        }
        var readings = StateReader.read(binding, topic, payload, retained, why -> refusals.tell(topic, why));
        if (!readings.isEmpty()) listener.read(device, readings, receipt.share());
    }

    private void availability(ObjectKey device, DeviceBinding binding, String topic, byte[] payload) {
        try {
            binding.availability().filter(own -> own.topic().equals(topic)).flatMap(own -> own.read(payload))
                    .ifPresent(online -> selfOnline.put(device, online));
            binding.bridgeState().filter(bridge -> bridge.topic().equals(topic)).flatMap(bridge -> bridge.read(payload))
                    .ifPresent(online -> bridgeOnline.put(topic, online));
        } catch (IllegalArgumentException unreadable) {
            refusals.tell(topic, unreadable.getMessage());
            return;
        }
        if (isAbout(binding.availability(), topic) || isAbout(binding.bridgeState(), topic)) tellAvailability(device, binding);
    }

    private static boolean isAbout(Optional<AvailabilityBinding> binding, String topic) {
        return binding.filter(known -> known.topic().equals(topic)).isPresent();
    }

    /// A device is there when it says so, or says nothing, and its bridge is not away.
    private void tellAvailability(ObjectKey device, DeviceBinding binding) {
        var bridge = binding.bridgeState().map(known -> bridgeOnline.get(known.topic()));
        var self = selfOnline.get(device);
        if (bridge.isPresent() && !bridge.get()) listener.available(device, false);
        else if (self != null) listener.available(device, self);
    }

    Optional<Outgoing> message(Command command) {
        var binding = bindings.get(command.device());
        if (binding == null) return Optional.empty();
        return binding.property(command.property()).filter(property -> !property.commandTopic().isEmpty())
                .map(property -> new Outgoing(property.commandTopic(), property.command(command.value()), binding.qos(), property.retain()));
    }

    /// Zigbee2MQTT says a device's values when asked for some of them.
    Optional<Outgoing> question(ObjectKey device) {
        return Optional.ofNullable(bindings.get(device)).flatMap(DeviceBinding::implicit).filter(defaults -> defaults.format() == Format.Zigbee2mqtt)
                .map(defaults -> new Outgoing(defaults.base() + "/get", JsonObject.of("state", "").toString(), 1, false));
    }
}
