package home.oikos.driver.mqtt;

import home.oikos.driver.FirmwareListener;
import home.oikos.driver.ImageServer;
import home.oikos.driver.Refusals;
import home.oikos.driver.mqtt.ZigbeeBridge.Version;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What every [ZigbeeSession] works with. Belongs to the event loop.
///
/// @param versions of the bridges that were heard
/// @param transactions makes a name for a question that none had before
/// @param pause before a bridge that is busy, or could not reach a device, is asked again
record ZigbeeWays(Line line, String zigbeeBase, ImageServer images, FirmwareListener listener, Refusals refusals, Map<ZigbeeBridge, Version> versions,
        Supplier<String> transactions, Duration pause) {
    Optional<Version> version(ZigbeeBridge bridge) {
        return Optional.ofNullable(versions.get(bridge));
    }

    String transaction() {
        return transactions.get();
    }

    void refused(String source, String why) {
        refusals.tell(source, why);
    }
}
