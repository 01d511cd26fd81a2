package home.oikos.dice;

import home.oikos.dice.SourceEvent.Alarmed;
import home.oikos.dice.SourceEvent.Answered;
import home.oikos.dice.SourceEvent.Lost;
import home.oikos.dice.SourceEvent.Proven;
import home.oikos.dice.SourceEvent.Reset;
import home.oikos.dice.SourceEvent.StartUpPassed;
import home.oikos.dice.SourceState.Failed;
import home.oikos.dice.SourceState.Healthy;
import home.oikos.dice.SourceState.Starting;
import home.oikos.dice.SourceState.Suspect;
import java.time.Instant;

/// The life of a source, as one total function: every event in every state.
///
/// | | Starting | Healthy | Suspect | Failed |
/// |---|---|---|---|---|
/// | StartUpPassed | Healthy | Healthy | Healthy | Failed |
/// | Alarmed | Failed | Suspect | Failed | Failed |
/// | Lost | Failed | Failed | Failed | Failed |
/// | Answered | Starting | Healthy | Suspect | Starting, once its time has come |
/// | Reset | Starting | Healthy | Suspect | Starting, alarms forgotten |
/// | Proven | Starting | Healthy, alarms forgotten | Suspect | Failed |
public record SourceLife(Comeback comeback) {
    public SourceState next(SourceState state, SourceEvent event) {
        return switch (event) {
            case StartUpPassed(var at) -> passed(state, at);
            case Alarmed(var at, var why) -> alarmed(state, at, why);
            case Lost(var at, var why) -> lost(state, at, why);
            case Answered(var at) -> state instanceof Failed failed && !at.isBefore(failed.retryTime()) ? new Starting(at, failed.alarms()) : state;
            case Reset(var at) -> state instanceof Failed ? new Starting(at, 0) : state;
            case Proven _ -> state instanceof Healthy healthy ? new Healthy(healthy.since(), 0) : state;
        };
    }

    private static SourceState passed(SourceState state, Instant at) {
        return switch (state) {
            case Starting(_, var alarms) -> new Healthy(at, alarms);
            case Suspect(_, var alarms, _) -> new Healthy(at, alarms);
            case Healthy healthy -> healthy;
            case Failed failed -> failed;                           // a start-up that was under way when it was lost
        };
    }

    private SourceState alarmed(SourceState state, Instant at, Alarm why) {
        return switch (state) {
            case Healthy(_, var alarms) -> new Suspect(at, alarms + 1, why);
            case Starting(_, var alarms) -> failed(at, alarms + 1, why);
            case Suspect(_, var alarms, _) -> failed(at, alarms + 1, why);
            case Failed failed -> failed;
        };
    }

    private Failed failed(Instant at, int alarms, Alarm why) {
        return new Failed(at, alarms, why, comeback.retryTime(at, alarms));
    }

    /// A source that comes and goes is no liar: alarms are kept, none is added, and it may come back at once. One that failed its tests stays failed
    /// when it is unplugged.
    private static SourceState lost(SourceState state, Instant at, Alarm why) {
        return switch (state) {
            case Starting(_, var alarms) -> new Failed(at, alarms, why, at);
            case Healthy(_, var alarms) -> new Failed(at, alarms, why, at);
            case Suspect(_, var alarms, _) -> new Failed(at, alarms, why, at);
            case Failed failed -> failed;
        };
    }
}
