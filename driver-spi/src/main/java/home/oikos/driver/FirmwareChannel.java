package home.oikos.driver;

import home.oikos.api.ObjectKey;
import java.util.Map;

/// One way by which firmware reaches devices. It is told which devices there are and what each may be offered, and tells what they say of it. It decides
/// nothing: whether a device may get an image, when it gives up, and what is tried again are the gateway's. Methods may be called from any thread.
public interface FirmwareChannel extends AutoCloseable {
    /// The word of it in `spec.firmware.channel` of a DeviceModel.
    String name();

    /// Begins to listen; returns at once. Called once.
    void start(FirmwareListener listener);

    /// All devices whose model names this channel, in place of those told before. An offer that is told here is on the disk, so a device may
    /// hear of it; one that is told no more must not be taken up any more. Level-based: the same offer is told again and again, and after
    /// a restart.
    void serve(Map<ObjectKey, FirmwareTarget> targets);

    /// May be called again.
    @Override
    void close();
}
