package home.oikos.driver;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import java.io.IOException;
import java.util.Map;

/// One protocol. It is told which devices there are, tells what they say, and sends them commands. It decides nothing: range checks,
/// interlocks, repetition and back-off are the gateway's. Methods may be called from any thread.
public interface Driver extends AutoCloseable {
    /// The name of its block in `spec.connection`.
    String protocol();

    /// Begins to connect and goes on trying until closed; returns at once. Called once.
    void start(DeviceListener listener);

    /// All devices to serve, each with the protocol's block of `spec.connection`, in place of those told before.
    /// A block that makes no sense is [DeviceListener#refused] and its device left out; the others are served.
    void serve(Map<ObjectKey, JsonObject> connections);

    /// Hands one command to the transport.
    /// @throws IOException when the transport is down or has not taken it; the gateway will try again
    void send(Command command) throws IOException;

    /// Asks the device to say its values, where the protocol knows how. The answer arrives as readings.
    default void refresh(ObjectKey device) throws IOException { }

    /// May be called again. A closed driver takes no commands.
    @Override
    void close();
}
