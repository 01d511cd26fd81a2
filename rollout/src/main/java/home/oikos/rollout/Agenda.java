package home.oikos.rollout;

import home.oikos.rollout.Member.Phase;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// When a rollout has to be looked at again, although nothing changes.
final class Agenda {
    private Agenda() { }

    /// The next instant that may change something; empty when time alone changes nothing.
    static Optional<Instant> next(Rollout rollout, RolloutState state, Fleet fleet) {
        return state.members().values().stream().flatMap(member -> instants(rollout, member, fleet.selected().get(member.name())))
                .filter(then -> then.isAfter(fleet.now())).min(Instant::compareTo);
    }

    private static Stream<Instant> instants(Rollout rollout, Member member, Appliance device) {
        var deadline = rollout.pace().deadline();
        return switch (member.phase()) {
            case Waiting -> member.retry().stream();
            case Updating, RollingBack -> Stream.concat(member.start().stream(), Optional.ofNullable(device).map(each -> each.update().changed()).stream())
                    .map(from -> from.plus(deadline));
            case Soaking -> Stream.concat(ills(rollout, member), member.soakUntil().stream().flatMap(until -> Stream.of(until, until.plus(deadline))));
            case Updated -> ills(rollout, member);
            case Withdrawing, Failed, RolledBack -> Stream.empty();
        };
    }

    private static Stream<Instant> ills(Rollout rollout, Member member) {
        return rollout.health().stream().filter(check -> member.unhealthy().containsKey(check.name()))
                .map(check -> Course.failure(Map.copyOf(member.unhealthy()), check));
    }

    /// Whether anything that is watched may change without a device saying so.
    static boolean isWatching(RolloutState state) {
        return state.members().values().stream().anyMatch(member -> member.is(Phase.Soaking) || member.is(Phase.Updated) && member.isTouched()
                || member.is(Phase.Updating) || member.is(Phase.Waiting) && member.reason().equals("Gate"));
    }
}
