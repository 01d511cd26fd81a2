package home.oikos.gateway;

import home.oikos.driver.FirmwareEvent;
import home.oikos.gateway.FirmwareState.Phase;
import home.oikos.gateway.FirmwareState.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The life of an update as pure functions: what follows from a wish, from a device's word, from time. The caller makes each state durable before anybody
/// hears of it.
///
/// Nothing a device says is proof by itself: an update has succeeded when the device says that it is well *and* that the new version runs, in either order
/// (hawkBit clients are known to report images installed that they refused). Of one that took an image up and was silent nobody knows what it runs until it
/// says so, whatever it said before.
final class FirmwareCourse {
    private FirmwareCourse() { }

    /// One step toward the wish. Called again until nothing changes.
    static FirmwareState plan(FirmwareState state, FirmwareWish wish, Instant now) {
        if (!state.inWork()) return begin(state, wish, now);
        if (!wish.isFor(state)) return leave(state, now);
        if (state.phase() == Phase.Offered) return reconsider(state, wish, now);
        return state.is(FirmwareState.CANCELING) ? state.become(state.phase(), "Working", "It is wanted again.", now) : state;
    }

    private static FirmwareState begin(FirmwareState state, FirmwareWish wish, Instant now) {
        if (wish.isFor(state)) return state;
        return switch (wish) {
            case FirmwareWish.Nothing _ -> state;
            case FirmwareWish.Ready(var target) when target.version().equals(state.running()) -> state.toward(target, state.actionId(), now)
                    .become(Phase.Idle, "UpToDate", "It runs " + target.version() + " already.", now);
            case FirmwareWish.Ready(var target) -> offered(state, target, "WaitsForDevice", "It was not taken up yet.", now);
            case FirmwareWish.NotReady(var target, var why) -> offered(state, target, FirmwareState.NOT_READY, why, now);
            case FirmwareWish.Refused(var target, var why) -> state.toward(target, state.actionId(), now).become(Phase.Failed, "Refused", why, now);
        };
    }

    private static FirmwareState offered(FirmwareState state, Target target, String reason, String message, Instant now) {
        return state.toward(target, state.actionId() + 1, now).become(Phase.Offered, reason, message, now);
    }

    private static FirmwareState leave(FirmwareState state, Instant now) {
        if (state.phase() == Phase.Offered) return state.become(Phase.Idle, "Withdrawn", "It was not taken up, and is not wanted any more.", now);
        if (state.is(FirmwareState.WOULD_NOT_STOP) || state.is(FirmwareState.CONFIRMING)) return state;
        return state.become(state.phase(), FirmwareState.CANCELING, "It is asked to stop.", now);
    }

    private static FirmwareState reconsider(FirmwareState state, FirmwareWish wish, Instant now) {
        return switch (wish) {
            case FirmwareWish.Nothing _ -> state;
            case FirmwareWish.Ready(var target) when target.version().equals(state.running()) ->
                    state.become(Phase.Idle, "UpToDate", "It runs " + target.version() + " already.", now);
            // Another image under the name of the one that was offered is another offer.
            case FirmwareWish.Ready(var target) when !target.equals(state.target()) ->
                    offered(state, target, "WaitsForDevice", "It was not taken up yet.", now);
            case FirmwareWish.Ready _ -> state.become(Phase.Offered, "WaitsForDevice", "It was not taken up yet.", now);
            case FirmwareWish.NotReady(_, var why) -> state.become(Phase.Offered, FirmwareState.NOT_READY, why, now);
            case FirmwareWish.Refused(_, var why) -> state.become(Phase.Failed, "Refused", why, now);
        };
    }

    /// What follows from a device's word. The same state when nothing does, as for an update that is over.
    static FirmwareState heard(FirmwareState state, FirmwareEvent event, Instant now) {
        return switch (event) {
            case FirmwareEvent.Running(var version, var hardware) -> runs(state, version, hardware, now);
            case FirmwareEvent.TakenUp(var action) when state.phase() == Phase.Offered && isOpen(state, action) ->
                    state.started(now).become(Phase.Downloading, "Working", "It loads the image.", now);
            case FirmwareEvent.Loaded(var action, var percent) when isOpen(state, action) && state.phase() == Phase.Downloading -> state.loaded(percent, now);
            case FirmwareEvent.Writing(var action) when isTaken(state, action) && state.phase() == Phase.Downloading ->
                    advance(state, Phase.Installing, "Working", "It writes the image.", now);
            case FirmwareEvent.Written(var action) when isTaken(state, action) && state.phase() != Phase.AwaitingReport ->
                    advance(state, Phase.AwaitingReport, "Rebooting", "It has written the image and has to come back.", now);
            case FirmwareEvent.Done(var action) when isTaken(state, action) -> done(state, now);
            case FirmwareEvent.Failed(var action, var why) when isOpen(state, action) -> state.become(Phase.Failed, "DeviceFailed", why, now);
            case FirmwareEvent.Stopped(var action) when isOpen(state, action) -> state.become(Phase.Idle, "Withdrawn", "It stopped when it was asked to.", now);
            case FirmwareEvent.GoesOn(var action) when isTaken(state, action) ->
                    state.become(state.phase(), FirmwareState.WOULD_NOT_STOP, "It was asked to stop and goes on.", now);
            case FirmwareEvent.Here _, FirmwareEvent.TakenUp _, FirmwareEvent.Loaded _, FirmwareEvent.Writing _, FirmwareEvent.Written _, FirmwareEvent.Done _,
                    FirmwareEvent.Failed _, FirmwareEvent.Stopped _, FirmwareEvent.GoesOn _ -> state;
        };
    }

    private static boolean isOpen(FirmwareState state, int action) {
        return state.isOpen() && state.actionId() == action;
    }

    private static boolean isTaken(FirmwareState state, int action) {
        return state.isTakenUp() && state.actionId() == action;
    }

    /// A device that is asked to stop goes on until it says that it stopped.
    private static FirmwareState advance(FirmwareState state, Phase next, String reason, String message, Instant now) {
        boolean asked = state.is(FirmwareState.CANCELING) || state.is(FirmwareState.WOULD_NOT_STOP);
        return asked ? state.become(next, state.reason(), state.message(), now) : state.become(next, reason, message, now);
    }

    private static FirmwareState runs(FirmwareState state, String version, String hardware, Instant now) {
        var next = state.runs(version, hardware);
        if (state.phase() != Phase.AwaitingReport || !state.is(FirmwareState.CONFIRMING)) return next;
        if (version.equals(state.target().version())) return succeeded(next, now);
        return next.become(Phase.Failed, "WrongVersion", "It says it is well, and runs %s instead of %s.".formatted(version, state.target().version()), now);
    }

    private static FirmwareState done(FirmwareState state, Instant now) {
        if (state.running().equals(state.target().version())) return succeeded(state, now);
        return state.become(Phase.AwaitingReport, FirmwareState.CONFIRMING, "It says it is well; which version runs it has not said yet.", now);
    }

    private static FirmwareState succeeded(FirmwareState state, Instant now) {
        return state.installed(now).become(Phase.Idle, "Updated", "It runs " + state.target().version() + ".", now);
    }

    /// When the silence of a device becomes a failure; empty while nothing of it is expected.
    static Optional<Instant> deadline(FirmwareState state, Duration patience) {
        return state.isTakenUp() ? Optional.of(state.changed().plus(patience)) : Optional.empty();
    }

    static FirmwareState elapsed(FirmwareState state, Duration patience, Instant now) {
        if (deadline(state, patience).filter(end -> !end.isAfter(now)).isEmpty()) return state;
        var said = switch (state.phase()) {
            case Downloading -> "it was loading";
            case Installing -> "it was writing the image";
            case AwaitingReport -> state.is(FirmwareState.CONFIRMING) ? "it said it is well, and never which version runs"
                    : "it had written the image and did not come back";
            case Idle, Offered, Failed -> throw new IllegalStateException("nothing is expected of a device in phase " + state.phase());
        };
        return state.become(Phase.Failed, "NoReport", "Nothing new was heard for %s: %s.".formatted(Words.duration(patience), said), now).lost(now);
    }
}
