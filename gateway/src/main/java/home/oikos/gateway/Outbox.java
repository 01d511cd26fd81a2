package home.oikos.gateway;

import home.oikos.api.ObjectKey;
import home.oikos.driver.Command;
import home.oikos.driver.Value;
import java.time.Instant;

/// What [House] wants done outside. Called on its thread; every method returns at once.
interface Outbox {
    /// Hands a command to its driver.
    /// @return why it could not leave; empty when it did
    String send(String protocol, Command command);

    /// A believed reading, for telemetry.
    void sample(ObjectKey device, PropertyModel property, Value value, Instant now);

    /// Something a person should read, about a device or an interlock.
    void tell(Subject about, boolean warning, String reason, String message);

    /// What an event is about.
    record Subject(String kind, ObjectKey key, String uid) {
        static Subject of(Thing thing) {
            return new Subject("Device", thing.key, thing.spec.uid());
        }

        static Subject of(Interlock interlock) {
            return new Subject("Interlock", interlock.key(), interlock.spec.uid());
        }
    }
}
