package home.oikos.rollout;

import home.oikos.rollout.Member.Phase;
import java.util.Collection;

/// Whose turn it is: the canaries are wave 0, and each batch after them a wave of its own. A wave begins when the one before it is done.
final class Waves {
    private Waves() { }

    /// The wave that a device may join now; -1 when it has to wait for those that are at it.
    static int open(Collection<Member> members, Rollout.Pace pace) {
        if (isProving(members, pace)) return size(members, 0) < pace.canaries() ? 0 : -1;
        int wave = Math.max(1, members.stream().mapToInt(Member::wave).max().orElse(1));
        if (size(members, wave) < pace.batch()) return wave;
        return isDone(members, wave) ? wave + 1 : -1;
    }

    /// Whether the canaries have still to prove it.
    static boolean isProving(Collection<Member> members, Rollout.Pace pace) {
        long proven = members.stream().filter(member -> member.wave() == 0 && member.is(Phase.Updated)).count();
        return proven < pace.canaries();
    }

    private static long size(Collection<Member> members, int wave) {
        return members.stream().filter(member -> member.wave() == wave).count();
    }

    private static boolean isDone(Collection<Member> members, int wave) {
        return members.stream().filter(member -> member.wave() == wave).allMatch(member -> member.is(Phase.Updated));
    }
}
