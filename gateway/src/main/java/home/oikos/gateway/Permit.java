package home.oikos.gateway;

import home.oikos.driver.Value;
import java.time.Duration;
import java.time.Instant;

/// What a shown code permits: a property may be brought to that value, once, and is not brought back before its time. It is nowhere written down:
/// it dies with the process, so that no restart opens again what a code opened before.
///
/// @param sent whether its command has left, which it does once, whatever comes of it
/// @param reached whether the device has said that it is so
record Permit(Value value, Instant until, boolean sent, boolean reached) {
    static Permit of(CommandModel command, Instant now) {
        return new Permit(command.value(), now.plus(command.hold()), false, false);
    }

    Permit asSent() {
        return new Permit(value, until, true, reached);
    }

    Permit asReached() {
        return new Permit(value, until, sent, true);
    }

    Permit moved(Duration by) {
        return new Permit(value, until.plus(by), sent, reached);
    }

    /// Whether nothing more is to be done for it.
    boolean isDone() {
        return sent || reached;
    }
}
