package home.oikos.driver.mqtt;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.driver.Refusals;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How one device speaks: its block of `spec.connection.mqtt`, read and checked.
///
/// @param bridgeState where the bridge it sits behind says that it lives; empty for a device that speaks for itself
/// @param implicit what else the state payload may hold under its own name
/// @param tilt the beacon it is, where it is one
record DeviceBinding(Map<String, PropertyBinding> properties, Optional<AvailabilityBinding> availability, Optional<AvailabilityBinding> bridgeState,
        int qos, Optional<Defaults> implicit, Optional<Tilt> tilt) {
    /// What a property that says nothing else takes from its device.
    record Defaults(String base, Format format) {
        String stateTopic() {
            return base;
        }

        String commandTopic() {
            return base.isEmpty() ? "" : base + "/set";
        }

        String topic(Json written, String otherwise) {
            return written.isNull() ? otherwise : Topics.resolve(base, written.text(""));
        }

        String stateTopic(Json written) {
            return written.isNull() ? stateTopic() : Topics.resolveState(base, written.text(""));
        }
    }

    /// @throws IllegalArgumentException when the block makes no sense, with the reason in words
    static DeviceBinding read(JsonObject block, String zigbeeBase) {
        var format = Format.of(block.at("format").text("Json"));
        var base = block.at("topic").text("");
        if (!base.isEmpty() && !Topics.isName(base)) throw new IllegalArgumentException("\"" + Refusals.shortened(base) + "\" is no topic name");
        var defaults = new Defaults(base, format);
        var properties = new LinkedHashMap<String, PropertyBinding>();
        for (var property : block.at("properties").array()) {
            var read = PropertyBinding.read(property, defaults);
            properties.put(read.name(), read);
        }
        if (properties.isEmpty() && base.isEmpty()) throw new IllegalArgumentException("it names neither a topic nor properties with topics");
        if (base.isEmpty() && format == Format.Tilt) throw new IllegalArgumentException("expected the topic on which a Tilt is published");
        boolean zigbee = format == Format.Zigbee2mqtt;
        return new DeviceBinding(properties, availability(block.at("availability"), base, zigbee),
                zigbee ? Optional.of(AvailabilityBinding.zigbee(bridge(base, zigbeeBase) + "/bridge/state")) : Optional.empty(),
                block.at("qos").integer(1), format == Format.Text || format == Format.Tilt || base.isEmpty() ? Optional.empty() : Optional.of(defaults),
                format == Format.Tilt ? Optional.of(new Tilt(base, block.at("color").text(""))) : Optional.empty());
    }

    /// The base topic of the bridge that a device with this topic sits behind.
    static String bridge(String base, String zigbeeBase) {
        return base.startsWith(zigbeeBase + "/") ? zigbeeBase : base.contains("/") ? base.substring(0, base.indexOf('/')) : zigbeeBase;
    }

    private static Optional<AvailabilityBinding> availability(Json json, String base, boolean zigbee) {
        if (json.isPresent()) return Optional.of(AvailabilityBinding.read(json, base));
        return zigbee ? Optional.of(AvailabilityBinding.zigbee(base + "/availability")) : Optional.empty();
    }

    /// The binding of a property; a property the block does not list is the member of its name in the base topic's payload.
    Optional<PropertyBinding> property(String name) {
        var listed = Optional.ofNullable(properties.get(name));
        return listed.or(() -> implicit.map(defaults -> PropertyBinding.read(JsonObject.of("name", name), defaults)));
    }

    /// The topics on which it says its values.
    Set<String> stateTopics() {
        var topics = new LinkedHashSet<String>();
        implicit.ifPresent(defaults -> topics.add(defaults.stateTopic()));
        tilt.ifPresent(beacon -> topics.add(beacon.topic()));
        properties.values().forEach(property -> topics.add(property.stateTopic()));
        topics.remove("");
        return topics;
    }

    /// Whether both may be one device: they say their values on the same topics, and are no Tilts of two colors.
    boolean meets(DeviceBinding other) {
        if (Collections.disjoint(stateTopics(), other.stateTopics())) return false;
        return tilt.isEmpty() || other.tilt.isEmpty() || tilt.get().mayBe(other.tilt.get());
    }

    /// Every topic to listen to.
    Set<String> topics() {
        var topics = stateTopics();
        availability.ifPresent(binding -> topics.add(binding.topic()));
        bridgeState.ifPresent(binding -> topics.add(binding.topic()));
        return topics;
    }

    /// The listed properties that a topic speaks of.
    List<PropertyBinding> listed(String topic) {
        return properties.values().stream().filter(property -> property.source(topic).isPresent()).toList();
    }

    /// Whether several sensors make one of its properties, each on a topic of its own.
    boolean hasSources() {
        return properties.values().stream().anyMatch(property -> Topics.sourceLevel(property.stateTopic()) >= 0);
    }
}
