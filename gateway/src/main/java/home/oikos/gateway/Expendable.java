package home.oikos.gateway;

import home.oikos.api.JsonObject;
import java.util.Set;

/// What of a device's status a power cut may take (DESIGN 4.3): numbers that no rule reads, for they will be measured again. Switches, alarms, what
/// was commanded and what was judged are on the disk before anything follows from them.
record Expendable(Set<String> properties) {
    static final Expendable NOTHING = new Expendable(Set.of());
    /// Members that only repeat, for people, what the readings say.
    private static final Set<String> ECHOES = Set.of("heardTime", "display");

    Expendable {
        properties = Set.copyOf(properties);
    }

    /// Whether everything that this merge patch of a status changes may be lost.
    boolean covers(JsonObject patch) {
        boolean readings = properties.containsAll(patch.at("reported").object().names());
        return readings && patch.has("reported") && patch.names().stream().allMatch(name -> name.equals("reported") || ECHOES.contains(name));
    }
}
