package home.oikos.rollout;

import home.oikos.controller.Times;
import home.oikos.rollout.Member.Phase;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What a rollout waits for now, as people say it.
final class Waits {
    private Waits() { }

    /// The first thing, and how many more there are; empty when it waits for nothing.
    static String words(RolloutState state) {
        var all = state.members().values();
        var waits = Stream.<Predicate<Member>>of(Member::isUnderWay, member -> member.is(Phase.Soaking), Waits::hasReason,
                member -> member.is(Phase.Waiting) && !hasReason(member)).flatMap(kind -> all.stream().filter(kind)).map(Waits::words).toList();
        return waits.isEmpty() ? "" : waits.getFirst() + more(waits);
    }

    private static String more(List<String> waits) {
        return waits.size() == 1 ? "" : " (and %d more)".formatted(waits.size() - 1);
    }

    /// Whether a device waits for something of its own, rather than for its turn.
    private static boolean hasReason(Member member) {
        return member.is(Phase.Waiting) && !member.reason().equals("Turn") && !member.reason().equals("Unavailable") && !member.message().isEmpty();
    }

    static String words(Member member) {
        var name = member.name();
        return switch (member.phase()) {
            case Waiting -> member.message().isEmpty() ? name : name + ": " + member.message();
            case Updating -> updating(member);
            case Withdrawing -> name + " to stop: " + member.message();
            case Soaking -> soaking(member);
            case RollingBack -> "%s to go back to %s%s".formatted(name, member.previous().version(), returning(member));
            case Updated, Failed, RolledBack -> name;
        };
    }

    private static String returning(Member member) {
        if (!member.message().isEmpty()) return ": " + member.message();
        return member.reason().equals("OutOfReach") ? ", when it is heard of" : "";
    }

    private static String updating(Member member) {
        var name = member.name();
        return switch (member.reason()) {
            case "Downloading" -> name + " to load it";
            case "Installing" -> name + " to write it";
            case "AwaitingReport" -> name + " to come back";
            default -> member.message().isEmpty() ? name + " to take it up" : name + ": " + member.message();
        };
    }

    private static String soaking(Member member) {
        var until = member.soakUntil().map(Times::text).orElse("");
        if (member.message().isEmpty()) return "%s, watched until %s".formatted(member.name(), until);
        return "%s, watched since it came back: %s".formatted(member.name(), member.message());
    }
}
