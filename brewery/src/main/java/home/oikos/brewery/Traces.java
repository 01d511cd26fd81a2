package home.oikos.brewery;

import home.oikos.api.ObjectKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// The traces of all batches, kept up to date as they are looked at; after a restart they are read from history again. Called by one thread
/// at a time.
final class Traces {
    private final Readings readings;
    private final Map<ObjectKey, Kept> kept = new HashMap<>();

    /// Another pitch, another vessel or another yeast is another trace.
    private record Of(BatchClock clock, Vessel vessel, double coldest) { }

    private record Kept(Of of, Trace trace) { }

    /// A trace up to date, and what is wrong with its sensors.
    record Look(Trace trace, String gravityComplaint, String temperatureComplaint) { }

    Traces(Readings readings) {
        this.readings = readings;
    }

    void forget(ObjectKey batch) {
        kept.remove(batch);
    }

    Look look(Fermentation batch, Instant now) {
        var of = new Of(batch.clock(), batch.vessel(), batch.recipe().coldest());
        var before = kept.get(batch.key());
        // Below two degrees under the yeast's limit it sleeps, and the hydrometer tells of cold.
        var trace = before != null && before.of().equals(of) ? before.trace() : new Trace(of.coldest() - 2);
        kept.put(batch.key(), new Kept(of, trace));
        // The half hour that was not over may have got more; one before it a late message.
        int from = Math.max(0, trace.gravity().end() - 2);
        var start = batch.clock().instant(from * (double) Slots.SLOT_SECONDS);
        // The clock went back: what was heard stays until time has caught up, and whoever asks sees readings from the future.
        if (start.isAfter(now)) return new Look(trace, "", "");
        var gravity = Intake.of(batch.vessel().gravity(), readings.since(batch.vessel().gravity(), start, now, batch.clock()));
        var temperature = batch.vessel().temperature().map(sensor -> Intake.of(sensor, readings.since(sensor, start, now, batch.clock())))
                .orElse(Intake.NONE);
        trace.take(from, gravity.readings(), temperature.readings());
        return new Look(trace, gravity.complaint(), temperature.complaint());
    }
}
