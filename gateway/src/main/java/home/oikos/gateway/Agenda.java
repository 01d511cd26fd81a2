package home.oikos.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;

/// When time alone may change something about a device. Belongs to [House] and its thread.
final class Agenda {
    /// How soon to look again at what an interlock holds back, or at a driver that is down.
    static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    /// However still it is, everything is looked at this often.
    static final Duration ROUND = Duration.ofSeconds(60);
    /// How often a thermostat that acts looks at what it does.
    static final Duration THERMOSTAT_PERIOD = Duration.ofSeconds(5);
    /// What is overdue is not looked at in a spin.
    private static final Duration SOONEST = Duration.ofMillis(100);

    private final Readers readers;

    Agenda(Readers readers) {
        this.readers = readers;
    }

    Instant due(Thing thing, Instant now) {
        var due = new ArrayList<Instant>();
        due.add(now.plus(ROUND));
        if (thing.thermostat != null) due.add(nextLook(thing.thermostat, now));
        thing.nextStale(now).ifPresent(due::add);
        Firmwares.due(thing).ifPresent(due::add);
        thing.silentFrom().filter(silent -> silent.isAfter(now)).ifPresent(due::add);
        thing.attempts.values().forEach(attempt -> due.add(attempt.next()));
        thing.permits.values().forEach(permit -> due.add(permit.until()));
        thing.syncs.values().forEach(sync -> due.add(nextLook(sync, now)));
        thing.reported.forEach((name, said) -> thing.property(name).filter(_ -> waitsToBeTold(thing, name))
                .ifPresent(model -> due.add(said.nextTold(readers.period(thing, model)))));
        return due.stream().map(at -> at.isAfter(now) ? at : now.plus(SOONEST)).min(Instant::compareTo).orElseThrow();
    }

    /// Whether a number has left what the API says of it, and has not been told for its period is not over.
    static boolean waitsToBeTold(Thing thing, String property) {
        var said = thing.reported.get(property);
        return said != null && thing.property(property).filter(model -> !model.isDiscrete() && !said.value().equals(said.toldValue())
                && !model.same(said.value(), said.toldValue())).isPresent();
    }

    /// Heat and cold go on between two readings: the estimate of where they lead to moves with time.
    private static Instant nextLook(ThermostatState state, Instant now) {
        return switch (state.phase()) {
            case Heating, Cooling -> now.plus(THERMOSTAT_PERIOD);
            case WaitingToHeat, WaitingToCool -> state.until().orElse(now.plus(THERMOSTAT_PERIOD));
            case Off, Idle, HeldByHand, SensorLost, Unable -> now.plus(ROUND);
        };
    }

    private static Instant nextLook(Sync sync, Instant now) {
        return switch (sync) {
            case Sync.Waiting(var until, _) -> until;
            case Sync.Interlocked _, Sync.Unreachable _ -> now.plus(LOOK_AGAIN);
            case Sync.InSync _, Sync.Applying _, Sync.Invalid _ -> now.plus(ROUND);
        };
    }
}
