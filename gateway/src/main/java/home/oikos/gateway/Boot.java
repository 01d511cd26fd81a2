package home.oikos.gateway;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/// When the machine was switched on, by its clock. A status that says so can be read again after a restart though the clock was set while nobody looked: what
/// happened then is moved along. After another boot nobody knows how long the machine was off, and by which clock: what happened may have happened just now.
/// Belongs to the gateway's thread.
final class Boot {
    private final String id;
    private final LongSupplier nanos;
    private Instant time;

    /// @param id another one each time the machine is switched on
    /// @param nanos a count that begins anew then alone, and that nobody sets
    Boot(String id, LongSupplier nanos) {
        this.id = id;
        this.nanos = nanos;
    }

    /// The same as long as the clock is only kept right.
    private Instant time(Instant now) {
        var switchedOn = now.minusNanos(nanos.getAsLong());
        boolean isKept = time != null && Duration.between(time, switchedOn).abs().compareTo(ClockWatch.TOLERANCE) <= 0;
        if (!isKept) time = switchedOn;
        return time;
    }

    JsonObject json(Instant now) {
        return JsonObject.of("bootID", id, "bootTime", Status.time(time(now)));
    }

    /// When something happened, by the clock of now.
    /// @param said of the status that says it
    /// @param then as it stands there
    Instant then(Json said, Instant then, Instant now) {
        var before = Status.instant(said.at("bootTime"));
        if (before.isEmpty() || !said.at("bootID").text("").equals(id)) return now;
        return then.plus(Duration.between(before.get(), time(now)));
    }
}
