package home.oikos.rollout;

import home.oikos.rollout.Member.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// When a rollout is done, at the pace of the devices that came back so far. Empty before the first did, and while it waits for something that has no time.
final class Estimate {
    private Estimate() { }

    static Optional<Instant> of(Rollout rollout, RolloutState state, Fleet fleet) {
        var members = state.members().values();
        if (members.stream().anyMatch(Estimate::isUncertain)) return Optional.empty();
        var paces = members.stream().flatMap(member -> pace(member, rollout.pace().soak()).stream()).toList();
        if (paces.isEmpty()) return Optional.empty();
        var pace = paces.stream().reduce(Duration.ZERO, Duration::plus).dividedBy(paces.size());
        long waiting = members.stream().filter(member -> member.is(Phase.Waiting)).count();
        // What takes longer than the pace has no time any more.
        return members.stream().flatMap(member -> end(member, pace, rollout).stream()).max(Instant::compareTo)
                .map(end -> end.plus(rest(rollout.pace(), waiting, pace))).filter(end -> end.isAfter(fleet.now()));
    }

    /// How long those take whose turn has not come, batch after batch.
    private static Duration rest(Rollout.Pace limits, long waiting, Duration pace) {
        long together = Math.min(limits.batch(), limits.maxUnavailable());
        long batches = Math.ceilDiv(waiting, limits.batch());
        long rounds = Math.ceilDiv(Math.min(limits.batch(), waiting), together);
        return pace.multipliedBy(rounds).plus(limits.soak()).multipliedBy(batches);
    }

    private static boolean isUncertain(Member member) {
        boolean isInTurn = member.reason().equals("Turn") || member.reason().equals("Unavailable");
        return member.is(Phase.Waiting) && !isInTurn || member.is(Phase.Withdrawing) || member.is(Phase.Failed);
    }

    private static Optional<Duration> pace(Member member, Duration soak) {
        if (member.start().isEmpty() || member.soakUntil().isEmpty()) return Optional.empty();
        var took = Duration.between(member.start().get(), member.soakUntil().get().minus(soak));
        return took.isNegative() ? Optional.empty() : Optional.of(took);
    }

    private static Optional<Instant> end(Member member, Duration pace, Rollout rollout) {
        return switch (member.phase()) {
            case Soaking -> member.soakUntil();
            case Updating -> member.start().map(start -> start.plus(pace).plus(rollout.pace().soak()));
            case RollingBack -> member.start().map(start -> start.plus(pace));
            case Waiting, Withdrawing, Updated, Failed, RolledBack -> Optional.empty();
        };
    }
}
