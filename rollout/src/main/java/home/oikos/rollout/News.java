package home.oikos.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What people are told when a rollout went from one state to another.
record News(boolean warning, String reason, String message) {
    static List<News> between(RolloutState before, RolloutState after, boolean rollsBack) {
        var news = new ArrayList<News>();
        if (after.revision() != before.revision()) {
            news.add(new News(false, "Started", "revision %d brings %s (%s) to %d devices".formatted(after.revision(), after.firmwareName(), after.version(),
                    after.members().size())));
        }
        for (var member : after.members().values()) {
            var was = before.members().get(member.name());
            if (was == null || was.phase() != member.phase()) of(member, was, after).ifPresent(news::add);
        }
        if (before.failure().isEmpty() && !after.failure().isEmpty()) {
            news.add(new News(true, rollsBack ? "RollingBack" : "Paused", "%s; %s".formatted(after.failure(),
                    rollsBack ? "all devices go back to what they had" : "it waits for a person")));
        }
        outcome(before, after).ifPresent(news::add);
        return news;
    }

    private static Optional<News> of(Member member, Member was, RolloutState state) {
        return switch (member.phase()) {
            case Waiting, Soaking -> Optional.empty();
            case Updating -> Optional.of(new News(false, "DeviceAsked", "%s is offered %s".formatted(member.name(), state.version())));
            case Withdrawing -> Optional.of(new News(false, "DeviceWithdrawn", "%s is not to take it up: %s".formatted(member.name(), member.message())));
            case Updated -> was == null ? Optional.empty() : Optional.of(new News(false, "DeviceUpdated", "%s runs %s%s".formatted(member.name(),
                    state.version(), member.reason().equals("UpToDate") ? " already" : " and is well")));
            case Failed -> Optional.of(new News(true, "DeviceFailed", "%s: %s".formatted(member.name(), member.message())));
            case RollingBack -> Optional.of(new News(false, "DeviceSentBack", "%s goes back to %s".formatted(member.name(), member.previous().version())));
            case RolledBack -> Optional.of(new News(false, "DeviceReturned", "%s runs %s again".formatted(member.name(), member.previous().version())));
        };
    }

    private static Optional<News> outcome(RolloutState before, RolloutState after) {
        var is = after.outcome();
        if (is.isEmpty() || before.revision() == after.revision() && is.equals(before.outcome())) return Optional.empty();
        return Optional.of(switch (is) {
            case Revision.COMPLETE -> new News(false, is, "every device that can be reached runs " + after.version());
            case Revision.ROLLED_BACK -> new News(true, is, "every device that can be reached is back at what it had");
            default -> new News(false, is, "nothing more is begun; what is updated stays");
        });
    }
}
