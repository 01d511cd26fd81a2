package home.oikos.rollout;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a rollout sees of its home at one instant.
///
/// @param image the firmware it is to bring; empty when there is none of that name
/// @param selected its devices by name
/// @param owners which older rollout has a say in a device of this one
/// @param images all of the namespace
/// @param trouble why it cannot begin anything
record Fleet(Instant now, Optional<Image> image, Map<String, Appliance> selected, Map<String, String> owners, Presence presence, List<Image> images,
        Judge judge, Optional<Trouble> trouble) {
    /// What is wrong with what was asked for.
    record Trouble(String reason, String message) { }

    Fleet {
        now = now.truncatedTo(ChronoUnit.SECONDS);
        selected = Map.copyOf(selected);
        owners = Map.copyOf(owners);
        images = List.copyOf(images);
    }

    /// That long from now, and never less: status knows whole seconds.
    Instant in(Duration time) {
        return now.plus(time).plusSeconds(1);
    }

    boolean isPast(Instant then) {
        return !now.isBefore(then);
    }

    /// What a device goes back to if it has to.
    Member.Previous current(Appliance device) {
        if (device.version().isEmpty()) return new Member.Previous("", "unknown");
        var fitting = images.stream().filter(image -> image.modelName().equals(device.modelName()) && image.version().equals(device.version()))
                .map(Image::name).toList();
        var installed = device.update().of().firmwareName();
        var name = fitting.contains(installed) ? installed : fitting.stream().min(Comparator.naturalOrder()).orElse("");
        return new Member.Previous(name, device.version());
    }
}
