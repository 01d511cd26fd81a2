package home.oikos.dice;

import java.time.Instant;

/// What happens to a source.
public sealed interface SourceEvent {
    Instant at();

    /// It says something, for the first time or again.
    record Answered(Instant at) implements SourceEvent { }

    /// It cannot be reached, hung up, or says nothing.
    record Lost(Instant at, Alarm why) implements SourceEvent { }

    /// A health test tripped.
    record Alarmed(Instant at, Alarm why) implements SourceEvent { }

    /// [HealthTests#START_UP_SAMPLES] samples in a row were good.
    record StartUpPassed(Instant at) implements SourceEvent { }

    /// It was good for so long that earlier alarms no longer count.
    record Proven(Instant at) implements SourceEvent { }

    /// A person asked for another chance.
    record Reset(Instant at) implements SourceEvent { }
}
