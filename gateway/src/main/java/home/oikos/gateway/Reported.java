package home.oikos.gateway;

import home.oikos.driver.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What a device last said of one property.
///
/// @param observed when it last said so; for what was restored after a start, no earlier than the start, so that a device has time to speak
/// @param changed since when it has this value; for what nobody knows, the start: a compressor may just have stopped
/// @param previous the value before, of a Boolean or Enum
/// @param toldValue the value that stands in the API
/// @param toldTime when it was put there
record Reported(Value value, Instant observed, Instant changed, Optional<Value> previous, Value toldValue, Instant toldTime) {
    static Reported first(Value value, Instant now) {
        return new Reported(value, now, now, Optional.empty(), value, now);
    }

    Reported again(Value next, Instant now) {
        if (next.equals(value)) return new Reported(value, now, changed, previous, toldValue, toldTime);
        return new Reported(next, now, now, Optional.of(value), toldValue, toldTime);
    }

    /// The same value again, though it may have had another one meanwhile that nobody heard of: it may have this one just since now.
    Reported afresh(Value unheard, Instant now) {
        return new Reported(value, now, now, Optional.of(unheard), toldValue, toldTime);
    }

    Reported moved(Duration by) {
        return new Reported(value, observed.plus(by), changed.plus(by), previous, toldValue, toldTime.plus(by));
    }

    Reported told(Instant now) {
        return new Reported(value, observed, changed, previous, value, now);
    }

    /// Whether the API should hear of it: each change of a discrete value, a number that left its deadband and was not told just now.
    boolean isNews(PropertyModel model, Duration period, Instant now) {
        if (value.equals(toldValue)) return false;
        if (model.isDiscrete()) return true;
        if (model.type() == PropertyModel.Type.Number && model.same(value, toldValue)) return false;
        return !now.isBefore(toldTime.plus(period));
    }

    /// When a number that waits for its period may be told.
    Instant nextTold(Duration period) {
        return toldTime.plus(period);
    }

    Duration age(Instant now) {
        var age = Duration.between(observed, now);
        return age.isNegative() ? Duration.ZERO : age;
    }
}
