package home.oikos.driver.http;

import home.oikos.driver.FirmwareListener;
import home.oikos.driver.ImageServer;
import home.oikos.driver.MessageLine;
import home.oikos.driver.Refusals;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/// What every [PullSession] works with.
///
/// @param line for devices that are spoken to over MQTT; empty without a broker
/// @param pace how often a device that is updated is looked at
/// @param patience how long one waits for a port, as for an answer
record PullWays(Asker asker, Optional<MessageLine> line, ImageServer images, FirmwareListener listener, Refusals refusals, LongSupplier nanos,
        Duration pace, Duration patience) {
    void refused(String source, String why) {
        refusals.tell(source, why);
    }
}
