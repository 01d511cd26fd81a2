package home.oikos.dice;

import java.time.Instant;

/// Where a source is in its life. Its samples count in [Healthy] only.
public sealed interface SourceState {
    /// @return when it came into this state
    Instant since();

    /// @return how many alarms led here since it last proved good
    int alarms();

    /// Its first samples are tested and thrown away.
    record Starting(Instant since, int alarms) implements SourceState { }

    record Healthy(Instant since, int alarms) implements SourceState { }

    /// One alarm, which chance may have caused: it starts anew, and a second one is believed.
    record Suspect(Instant since, int alarms, Alarm why) implements SourceState { }

    /// @param retryTime when it is given another chance; [Instant#MAX] when a person has to
    record Failed(Instant since, int alarms, Alarm why, Instant retryTime) implements SourceState { }

    /// The word in status.
    default String word() {
        return getClass().getSimpleName();
    }
}
