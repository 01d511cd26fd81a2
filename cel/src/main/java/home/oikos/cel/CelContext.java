package home.oikos.cel;

import home.oikos.api.Json;
import java.util.Map;
import java.util.Optional;

/// What an expression can see at one instant.
///
/// @param variables by name, such as `self`
/// @param about the device that `self` stands for, where an expression is about one
/// @param devices what `device("name")` and `device("namespace/name")` find
/// @param objects what `object("apps/v1", "Deployment", "name")` finds
public record CelContext(Map<String, Json> variables, Optional<DeviceValues> about, Devices devices, Objects objects) {
    /// Finds a device.
    @FunctionalInterface
    public interface Devices {
        /// @throws CelException when there is none of that name
        DeviceValues find(String name);
    }

    /// Finds any object of the API.
    @FunctionalInterface
    public interface Objects {
        /// @throws CelException when there is none of that name
        Json find(String apiVersion, String kind, String name);
    }

    public CelContext {
        variables = Map.copyOf(variables);
    }

    public static CelContext of(Map<String, Json> variables) {
        return new CelContext(variables, Optional.empty(), CelContext::noDevice, CelContext::noObject);
    }

    public static CelContext of(Devices devices) {
        return new CelContext(Map.of(), Optional.empty(), devices, CelContext::noObject);
    }

    public static CelContext of(Devices devices, Objects objects) {
        return new CelContext(Map.of(), Optional.empty(), devices, objects);
    }

    /// The same with a device as `self`.
    public CelContext about(DeviceValues self) {
        return new CelContext(variables, Optional.of(self), devices, objects);
    }

    private static DeviceValues noDevice(String name) {
        throw new CelException("there is no device " + name);
    }

    private static Json noObject(String apiVersion, String kind, String name) {
        throw new CelException("there is no " + kind + " " + name);
    }
}
