package home.oikos.driver.mqtt;

import home.oikos.api.ObjectKey;
import home.oikos.driver.FirmwareChannel;
import home.oikos.driver.FirmwareListener;
import home.oikos.driver.FirmwareTarget;
import home.oikos.driver.ImageServer;
import home.oikos.driver.Refusals;
import home.oikos.driver.mqtt.ZigbeeBridge.Version;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Firmware for devices behind a Zigbee2MQTT bridge, which loads it and brings it to them over the air. It speaks on the connection of an [MqttDriver]. All
/// state belongs to its event loop; the methods of [FirmwareChannel] may be called from any thread.
final class Zigbee2MqttChannel implements FirmwareChannel, Ear {
    private final Line line;
    private final String zigbeeBase;
    private final ImageServer images;
    private final Clock clock;
    private final Duration pause;
    private final Map<ObjectKey, ZigbeeSession> sessions = new TreeMap<>();
    private final Map<ZigbeeBridge, Version> versions = new HashMap<>();
    private ZigbeeWays ways;
    private int asked;

    Zigbee2MqttChannel(Line line, String zigbeeBase, ImageServer images, Clock clock, Duration pause) {
        this.line = line;
        this.zigbeeBase = zigbeeBase;
        this.images = images;
        this.clock = clock;
        this.pause = pause;
    }

    @Override
    public String name() {
        return "Zigbee2mqtt";
    }

    @Override
    public void start(FirmwareListener listener) {
        // Answers to what an earlier process asked must not look like answers to this one.
        var prefix = "oikos-" + clock.millis() + "-";
        line.run(() -> ways = new ZigbeeWays(line, zigbeeBase, images, listener, new Refusals(listener::refused, clock), versions,
                () -> prefix + ++asked, pause));
    }

    @Override
    public void serve(Map<ObjectKey, FirmwareTarget> targets) {
        line.run(() -> {
            sessions.entrySet().removeIf(entry -> {
                boolean gone = !targets.containsKey(entry.getKey());
                if (gone) entry.getValue().end();
                return gone;
            });
            targets.forEach((device, target) -> sessions.computeIfAbsent(device, _ -> new ZigbeeSession(device, ways)).serve(target));
            line.listen();
        });
    }

    @Override
    public Set<String> topics() {
        var topics = new LinkedHashSet<String>();
        sessions.values().forEach(session -> {
            topics.add(session.stateTopic());
            if (!session.isOffered()) return;
            topics.add(session.bridge().facts());
            topics.add(session.bridge().state());
            topics.addAll(session.bridge().responses());
        });
        topics.remove("");
        return topics;
    }

    @Override
    public void linked() {
        sessions.values().forEach(ZigbeeSession::bridgeIsBack);
    }

    @Override
    public void hear(String topic, byte[] payload, boolean retained) {
        try {
            for (var session : sessions.values()) {
                if (topic.equals(session.stateTopic())) state(session, payload);
            }
            var bridges = new LinkedHashSet<ZigbeeBridge>();
            sessions.values().forEach(session -> bridges.add(session.bridge()));
            for (var bridge : bridges) hear(bridge, topic, payload, retained);
        } catch (IllegalArgumentException unusable) {
            ways.refused(topic, unusable.getMessage());
        }
    }

    private static void state(ZigbeeSession session, byte[] payload) {
        var update = Wire.json(payload, Wire.STATE_BYTES_MAX).at("update");
        if (update.isPresent()) session.said(ZigbeeBridge.Said.read(update));
    }

    private void hear(ZigbeeBridge bridge, String topic, byte[] payload, boolean retained) {
        if (topic.equals(bridge.facts())) {
            versions.put(bridge, Version.read(Wire.json(payload, Wire.BRIDGE_BYTES_MAX).at("version").text("")));
            sessions.values().forEach(ZigbeeSession::settle);
        } else if (topic.equals(bridge.state())) {
            boolean online = !retained && AvailabilityBinding.zigbee(topic).read(payload).orElse(false);
            if (online) sessions.values().stream().filter(session -> session.bridge().equals(bridge)).forEach(ZigbeeSession::bridgeIsBack);
        } else if (bridge.isResponse(topic)) {
            var answer = Wire.json(payload, Wire.STATE_BYTES_MAX);
            var error = answer.at("status").text("").equals("ok") ? "" : answer.at("error").text("it says neither ok nor why not");
            sessions.values().forEach(session -> session.answered(answer.at("transaction").text(""), error));
        }
    }

    /// What is under way goes on without us; the places it fetches from are closed by whoever serves them.
    @Override
    public void close() {
        line.run(sessions::clear);
    }
}
