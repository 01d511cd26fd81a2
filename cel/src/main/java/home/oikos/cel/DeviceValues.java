package home.oikos.cel;

import home.oikos.api.Json;
import java.time.Duration;

/// What `device("name")` stands for at one instant. Implemented by whoever knows the device; used by the thread that evaluates.
public interface DeviceValues {
    /// What the device says the property is.
    /// @throws CelException when it never said so, or so long ago that nobody should rely on it
    Json reported(String property);

    /// What the property is wanted to be.
    /// @throws CelException when nothing is wanted
    Json desired(String property);

    /// How long ago the device last spoke of the property.
    /// @throws CelException when it never did
    Duration age(String property);

    /// Whether a condition of the device is True.
    boolean is(String condition);
}
