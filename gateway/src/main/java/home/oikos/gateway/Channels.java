package home.oikos.gateway;

import home.oikos.api.ObjectKey;
import home.oikos.driver.FirmwareChannel;
import home.oikos.driver.FirmwareListener;
import home.oikos.driver.FirmwareTarget;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// The firmware channels of a home by their names. Belongs to the gateway's thread.
final class Channels implements AutoCloseable {
    private final Map<String, FirmwareChannel> channels = new TreeMap<>();
    /// What each was told last: most of what happens in a house concerns no firmware.
    private final Map<String, Map<ObjectKey, FirmwareTarget>> told = new HashMap<>();
    private final Function<ObjectKey, Optional<String>> tokens;

    /// @param tokens what a device of that Secret names itself with
    Channels(List<FirmwareChannel> all, Function<ObjectKey, Optional<String>> tokens) {
        all.forEach(channel -> channels.put(channel.name(), channel));
        this.tokens = tokens;
    }

    void start(FirmwareListener listener) {
        channels.values().forEach(channel -> channel.start(listener));
    }

    /// Tells each channel its devices, when something about them changed.
    void serve(House house) {
        for (var channel : channels.values()) {
            var targets = new HashMap<ObjectKey, FirmwareTarget>();
            house.world.things.values().stream().filter(thing -> thing.model != null && thing.model.firmwareChannel().equals(channel.name()))
                    .forEach(thing -> targets.put(thing.key, target(house, thing)));
            if (targets.equals(told.put(channel.name(), targets))) continue;
            channel.serve(Map.copyOf(targets));
        }
    }

    private FirmwareTarget target(House house, Thing thing) {
        var wanted = thing.spec.firmware();
        var secret = new ObjectKey(thing.key.namespace(), wanted.secretName(thing.key.name()));
        return new FirmwareTarget(thing.model.firmware(), wanted.block(), thing.spec.connection(), tokens.apply(secret).orElse(""),
                thing.firmware.running(), house.firmwares.offer(thing), house.firmwares.installed(thing));
    }

    @Override
    public void close() {
        channels.values().forEach(FirmwareChannel::close);
    }
}
