package home.oikos.gateway;

import home.oikos.driver.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Whether a sensor moves as what it measures can: one that leaps is not believed until it has said often enough in a row what fits together. So a
/// wild sensor steers nothing, and one that was put elsewhere is believed again soon. Belongs to [House] and its thread.
final class Steadiness {
    /// A sensor that says anything between 0 and 100 and may move by one between two words fits four times in a row once in some million words.
    static final int FITTING_MIN = 5;

    private double last;
    private Instant at;
    private int fitting;

    /// @param known what was believed before; null for nothing
    Steadiness(Reported known) {
        if (known == null || !(known.value() instanceof Value.Number(var amount))) return;
        last = amount;
        at = known.observed();
        fitting = FITTING_MIN;
    }

    /// @return why the value is not believed; empty when it is
    Optional<String> take(PropertyModel model, double value, Instant now) {
        var before = last;
        boolean believed = fitting >= FITTING_MIN;
        boolean fits = at != null && Math.abs(value - before) <= room(model, now);
        fitting = fits ? Math.min(FITTING_MIN, fitting + 1) : 1;
        last = value;
        at = now;
        if (fitting >= FITTING_MIN) return Optional.empty();
        var step = new Value.Number(model.maximumChangePerMinute());
        var found = new Value.Number(value);
        return Optional.of(believed ? "%s can move %s a minute; found %s after %s".formatted(model.name(), step, found, new Value.Number(before))
                : "%s can move %s a minute and is not steady yet; found %s".formatted(model.name(), step, found));
    }

    private double room(PropertyModel model, Instant now) {
        double minutes = Math.max(0, Duration.between(at, now).toMillis()) / 60_000.0;
        return model.maximumChangePerMinute() * minutes + Math.max(model.deadband(), PropertyModel.SAME_BY_DEFAULT);
    }

    /// It said what cannot be at all.
    void lose() {
        fitting = 0;
        at = null;
    }

    void moveClock(Duration by) {
        if (at != null) at = at.plus(by);
    }
}
