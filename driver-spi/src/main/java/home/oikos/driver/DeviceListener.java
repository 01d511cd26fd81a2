package home.oikos.driver;

import home.oikos.api.ObjectKey;
import java.util.List;

/// What a driver tells. Every method returns quickly and may be called from any thread; calls for one device come in the order of its
/// messages.
public interface DeviceListener {
    /// A message of a device arrived with these readings; never empty.
    void read(ObjectKey device, List<Reading> readings, Delivery delivery);

    /// The device, or what stands in for it, says that it can or cannot be reached.
    void available(ObjectKey device, boolean online);

    /// The driver's own link (to its broker, bus or bridge) came up or went down; while it is down nothing of its devices is known.
    void linked(boolean up, String why);

    void announced(Announcement announcement);

    /// A device announced earlier is gone for good.
    void withdrawn(String id);

    /// Something arrived that could not be used: nothing was changed.
    ///
    /// @param source the topic, address or register, cut to a readable length
    /// @param why a sentence with what was expected and what was found
    void refused(String source, String why);
}
