package home.oikos.driver;

import home.oikos.api.ObjectKey;

/// What a [FirmwareChannel] tells. Every method returns quickly and may be called from any thread; calls for one device come in their order.
public interface FirmwareListener {
    /// @param delivery acknowledged once what follows from it is on the disk. A channel that can make its device wait, or say it again, answers only then
    void heard(ObjectKey device, FirmwareEvent event, Delivery delivery);

    /// Something arrived that could not be used: nothing was changed.
    ///
    /// @param source who or what sent it, cut to a readable length
    /// @param why a sentence with what was expected and what was found
    void refused(String source, String why);
}
