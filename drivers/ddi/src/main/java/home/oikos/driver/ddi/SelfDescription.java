package home.oikos.driver.ddi;

import home.oikos.api.Json;
import home.oikos.driver.FirmwareEvent;
import java.util.List;
import java.util.Optional;

/// What a device says of itself: `configData`, attributes of its own choice, among which some are known here.
final class SelfDescription {
    /// Attributes as devices are set up to send them; the first that is there counts.
    static final List<String> VERSIONS = List.of("version", "firmwareVersion", "firmware_version", "fw_version", "sw_version");
    static final List<String> HARDWARE = List.of("hardwareId", "hardware_id", "hwRevision", "hw_revision", "hardware");
    private static final int CHARACTERS_MAX = 128;

    private SelfDescription() { }

    /// Empty when it does not say what it runs.
    /// @throws Refusal when it makes no sense
    static Optional<FirmwareEvent> read(Json body) throws Refusal {
        var mode = body.at("mode").text("merge");
        if (!List.of("merge", "replace", "remove").contains(mode)) throw new Refusal(400, "mode: expected merge, replace or remove, found " + mode);
        var data = body.at("data");
        if (mode.equals("remove")) return Optional.empty();
        return first(data, VERSIONS).map(version -> new FirmwareEvent.Running(version, first(data, HARDWARE).orElse("")));
    }

    private static Optional<String> first(Json data, List<String> names) {
        return names.stream().flatMap(name -> data.at(name).text().stream()).map(String::strip)
                .filter(text -> !text.isEmpty() && text.length() <= CHARACTERS_MAX).findFirst();
    }
}
