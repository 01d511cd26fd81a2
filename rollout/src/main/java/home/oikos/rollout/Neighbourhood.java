package home.oikos.rollout;

import home.oikos.api.ObjectKey;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// The rollouts, devices and firmwares of one namespace.
record Neighbourhood(List<Rollout> rollouts, List<Appliance> devices, List<Image> images) {
    /// So many devices of one model: a record of each stands in the rollout's status, about 400 bytes.
    static final int DEVICES_MAX = 1_000;

    Neighbourhood {
        rollouts = List.copyOf(rollouts);
        devices = List.copyOf(devices);
        images = List.copyOf(images);
    }

    Optional<Image> image(Rollout rollout) {
        var key = new ObjectKey(rollout.key().namespace(), rollout.firmwareName());
        return images.stream().filter(image -> image.key().equals(key)).findFirst();
    }

    /// What one of its rollouts sees.
    /// @param wrong what is wrong with its expressions
    Fleet fleet(Rollout rollout, Judge judge, Optional<Fleet.Trouble> wrong, Instant now) {
        var image = image(rollout);
        var selected = new TreeMap<String, Appliance>();
        for (var device : devices) if (isOf(rollout, image, device)) selected.put(device.name(), device);
        return new Fleet(now, image, selected, owners(rollout, selected), presence(), images, judge, trouble(rollout, image, selected.size()).or(() -> wrong));
    }

    /// Without its firmware a rollout still sees what becomes of the devices that it had.
    private static boolean isOf(Rollout rollout, Optional<Image> image, Appliance device) {
        return image.map(known -> rollout.selects(device, known.modelName())).orElseGet(() -> rollout.state().members().containsKey(device.name()));
    }

    private static Optional<Fleet.Trouble> trouble(Rollout rollout, Optional<Image> image, int devices) {
        if (image.isEmpty()) {
            return Optional.of(new Fleet.Trouble("NoFirmware", "there is no Firmware %s in namespace %s".formatted(rollout.firmwareName(),
                    rollout.key().namespace())));
        }
        if (devices == 0) {
            return Optional.of(new Fleet.Trouble("NoDevices", "no Device of model %s is selected".formatted(image.get().modelName())));
        }
        return devices <= DEVICES_MAX ? Optional.empty() : Optional.of(new Fleet.Trouble("TooManyDevices",
                "%d devices are selected, and a rollout takes %d: select fewer".formatted(devices, DEVICES_MAX)));
    }

    private Map<String, String> owners(Rollout rollout, Map<String, Appliance> selected) {
        var owners = new TreeMap<String, String>();
        for (var other : rollouts) {
            var image = image(other);
            if (!other.isOlderThan(rollout) || image.isEmpty()) continue;
            selected.values().stream().filter(device -> other.selects(device, image.get().modelName())).forEach(device -> owners.put(device.name(),
                    other.key().name()));
        }
        return owners;
    }

    private Presence presence() {
        var byName = new TreeMap<String, Appliance>();
        var down = new HashSet<String>();
        for (var device : devices) {
            byName.put(device.name(), device);
            if (device.isDown()) down.add(device.name());
        }
        // What is written down to be asked may not have reached its device yet.
        for (var rollout : rollouts) {
            rollout.state().members().values().stream().filter(Member::isUnderWay).forEach(member -> down.add(member.name()));
        }
        return new Presence(byName, new TreeSet<>(down), rollouts.stream().flatMap(rollout -> rollout.budgets().stream()).toList());
    }
}
