package home.oikos.driver.ddi;

import home.oikos.api.ObjectKey;
import java.util.List;
import java.util.Optional;

/// Where a request goes: `/TENANT/controller/v1/CONTROLLER/...`. The tenant is the namespace of the device, the controller its name.
///
/// @param rest what follows the device, in segments
record Place(String tenant, String controller, List<String> rest) {
    /// What many clients have built in, or offer as the only choice.
    private static final String TENANT_DEFAULT = "DEFAULT";
    private static final String NAMESPACE_DEFAULT = "home";
    /// Prefixes of the API, which no tenant may take from it.
    private static final List<String> TAKEN = List.of("api", "apis", "openapi");

    /// Empty when the path is none of this channel's. No name that it takes needs percent-encoding, so one that has some fits no device.
    static Optional<Place> of(String path) {
        var segments = path.split("/", -1);
        if (segments.length < 5 || !segments[0].isEmpty() || !segments[2].equals("controller") || !segments[3].equals("v1")) return Optional.empty();
        if (TAKEN.contains(segments[1])) return Optional.empty();
        return Optional.of(new Place(segments[1], segments[4], List.of(segments).subList(5, segments.length)));
    }

    ObjectKey device() {
        return new ObjectKey(tenant.equals(TENANT_DEFAULT) ? NAMESPACE_DEFAULT : tenant, controller);
    }

    String path() {
        return "/" + tenant + "/controller/v1/" + controller;
    }
}
