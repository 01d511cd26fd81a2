package home.oikos.driver;

/// One update of one device.
///
/// @param actionId names it, also to the device; greater than those of earlier offers to the same device
/// @param firmwareName the Firmware's name
/// @param version that should run afterwards
/// @param image its bytes
/// @param downgrade whether an older version is meant
/// @param stage how far the device is known to be; after a restart the channel goes on from there
/// @param canceling whether the device should be asked to stop
public record FirmwareOffer(int actionId, String firmwareName, String version, FirmwareImage image, boolean downgrade, Stage stage, boolean canceling) {
    /// How far a device is.
    public enum Stage {
        /// It may hear of it, or has not taken it up.
        OFFERED,
        /// It has taken it up and loads.
        LOADING,
        /// It has all bytes.
        LOADED,
        /// It has written it and begins anew.
        WRITTEN,
        /// It says it is well; which version runs is not known yet.
        DONE
    }
}
