package home.oikos.rollout;

import home.oikos.rollout.Member.Phase;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Decides what becomes of a rollout: takes up a new revision, sees what became of each device ([Course]), and asks the next ones, takes offers back or sends
/// devices back. Pure: what it decides is written down by the caller before anybody is asked anything ([Order]).
final class RolloutPlan {
    /// What was not taken up is offered again after so long at the latest.
    private static final Duration RETRY_MAX = Duration.ofMinutes(10);

    private final Rollout rollout;
    private final Fleet fleet;
    private final Map<String, Member> members = new TreeMap<>();
    private RolloutState state;
    private Course course;
    private Presence presence;

    private RolloutPlan(Rollout rollout, Fleet fleet) {
        this.rollout = rollout;
        this.fleet = fleet;
        this.state = rollout.state();
        this.presence = fleet.presence();
    }

    static RolloutState next(Rollout rollout, Fleet fleet) {
        return new RolloutPlan(rollout, fleet).next();
    }

    static Duration retry(Rollout rollout) {
        var deadline = rollout.pace().deadline();
        return deadline.compareTo(RETRY_MAX) < 0 ? deadline : RETRY_MAX;
    }

    private RolloutState next() {
        revise();
        course = new Course(rollout, state, fleet);
        fleet.selected().forEach((name, device) -> members.put(name, observe(state.members().getOrDefault(name, Member.joining(name)), device)));
        members.values().stream().filter(member -> member.is(Phase.Failed)).sorted(Comparator.comparing(Member::name)).findFirst()
                .ifPresent(failed -> state = state.failed("%s: %s".formatted(failed.name(), failed.message())));
        if (!rollout.will().paused() && fleet.image().isPresent()) steer();
        return conclude();
    }

    private void revise() {
        var image = fleet.image();
        boolean isNew = !rollout.firmwareName().equals(state.firmwareName()) || rollout.will().attempt() > state.attempt()
                || image.isPresent() && !image.get().version().equals(state.version());
        if (image.isEmpty() || !isNew) return;
        var anew = state.members().values().stream().map(member -> anew(member, image.get())).toList();
        state = state.revise(image.get(), Math.max(rollout.will().attempt(), state.attempt()), anew, fleet.now());
    }

    /// What is under way for another firmware is taken back first; what has it, or had it, is judged by what it runs.
    private static Member anew(Member member, Image image) {
        var fresh = member.anew();
        if (!member.isUnderWay()) return fresh.wait("Joining", "");
        if (member.is(Phase.Updating) && member.order().firmwareName().equals(image.name())) return member;
        return fresh.become(Phase.Withdrawing, "Replaced", "another firmware is wanted");
    }

    private Member observe(Member member, Appliance device) {
        var seen = course.next(member, device);
        var owner = fleet.owners().get(device.name());
        if (owner == null || seen.isUnderWay()) return seen;
        return seen.wait("Owned", "rollout %s, which is older, has a say in it".formatted(owner));
    }

    private void steer() {
        if (rollout.will().abort() || !state.failure().isEmpty() && !rollout.will().rollsBack()) {
            each((member, device) -> isOpen(member, device) ? withdraw(member, "Stopped", "nothing more is begun") : member);
        } else if (!state.failure().isEmpty()) {
            sendBack();
        } else if (fleet.trouble().isEmpty()) {
            each(this::reconsider);
            begin();
        }
    }

    private interface Change {
        Member of(Member member, Appliance device);
    }

    private void each(Change change) {
        members.replaceAll((name, member) -> change.of(member, fleet.selected().get(name)));
    }

    /// Whether it was asked and has not taken the image up.
    private static boolean isOpen(Member member, Appliance device) {
        return (member.is(Phase.Updating) || member.is(Phase.RollingBack)) && !isTaken(member, device);
    }

    private static boolean isTaken(Member member, Appliance device) {
        return device.update().of().equals(member.order()) && device.update().isTakenUp();
    }

    private static Member withdraw(Member member, String reason, String words) {
        return member.become(Phase.Withdrawing, reason, words);
    }

    /// Takes offers back whose time is over, or whose gate has closed, as long as that makes sense.
    private Member reconsider(Member member, Appliance device) {
        if (!member.is(Phase.Updating)) return member;
        boolean taken = isTaken(member, device);
        if (taken && device.update().phase() != Update.Phase.Downloading) return member;
        if (!taken && fleet.owners().containsKey(device.name())) return withdraw(member, "Owned", "an older rollout has a say in it");
        if (!taken && fleet.isPast(member.start().orElse(fleet.now()).plus(rollout.pace().deadline()))) {
            return withdraw(member, Course.NOT_TAKEN_UP, "it did not take the offer up").notBefore(fleet.in(retry(rollout)));
        }
        // A device that loads may be silent meanwhile: only what is surely false stops it then.
        return fleet.judge().complaints(rollout.gates(), device).stream().filter(sign -> !taken || !sign.unknown()).findFirst()
                .map(sign -> withdraw(member, "Gate", sign.why())).orElse(member);
    }

    // Forward.

    private void begin() {
        for (var member : List.copyOf(members.values())) {
            if (!member.is(Phase.Waiting)) continue;
            var device = fleet.selected().get(member.name());
            var obstacle = obstacle(member, device);
            members.put(member.name(), obstacle.orElseGet(() -> ask(member, device)));
        }
    }

    private Member ask(Member member, Appliance device) {
        presence = presence.without(device.name());
        var before = member.isTouched() ? member.previous() : fleet.current(device);
        return member.asked(Phase.Updating, new Wish(state.firmwareName(), Course.attempt(member, device)), Waves.open(members.values(), rollout.pace()),
                member.tries(), before, fleet.now());
    }

    /// What a device waits for; empty when it is its turn.
    private Optional<Member> obstacle(Member member, Appliance device) {
        if (fleet.owners().containsKey(device.name())) return Optional.of(member);
        if (device.isBusy()) return Optional.of(member.wait("Busy", "it is at something else: firmware " + busyWith(device)));
        if (member.retry().filter(then -> !fleet.isPast(then)).isPresent()) return Optional.of(member);
        if (device.away()) return Optional.of(member.wait("Asleep", "it is away"));
        int wave = Waves.open(members.values(), rollout.pace());
        if (wave < 0) return Optional.of(member.wait("Turn", Waves.isProving(members.values(), rollout.pace()) ? "the canaries come first" :
                "the batch before it is not done"));
        if (underWay() >= rollout.pace().maxUnavailable()) {
            return Optional.of(member.wait("Unavailable", "%d %s under way".formatted(underWay(), underWay() == 1 ? "is" : "are")));
        }
        var spared = presence.refusal(device);
        if (spared.isPresent()) return Optional.of(member.wait("Budget", spared.get()));
        return fleet.judge().complaints(rollout.gates(), device).stream().findFirst().map(sign -> member.wait("Gate", sign.why()));
    }

    private static String busyWith(Appliance device) {
        var wish = device.update().inWork() ? device.update().of() : device.wish();
        return wish.firmwareName();
    }

    private int underWay() {
        return (int) members.values().stream().filter(member -> member.isUnderWay() && !course.isOutOfReach(member, fleet.selected().get(member.name())))
                .count();
    }

    // Back.

    private void sendBack() {
        each((member, device) -> member.is(Phase.Updating) ? isTaken(member, device) ? turn(member, device)
                : withdraw(member, "RollsBack", "the firmware failed elsewhere") : member);
        members.values().stream().filter(this::hasToReturn)
                .sorted(Comparator.comparing((Member member) -> !member.is(Phase.Failed)).thenComparing(Member::name)).toList()
                .forEach(member -> members.put(member.name(), sendBack(member, fleet.selected().get(member.name()))));
    }

    /// What is silent since it took the image up, and ran the old version when it was last heard, is not asked: it may have that still. It is once it is
    /// heard, unless it says so.
    private boolean hasToReturn(Member member) {
        var device = fleet.selected().get(member.name());
        boolean isHopeless = member.reason().equals(Course.RETURN_FAILED) || member.reason().equals(Course.NO_WAY_BACK)
                || device.isSilent() && device.version().equals(member.previous().version());
        return switch (member.phase()) {
            case Soaking, Updated -> member.isTouched();
            case Failed -> member.isTouched() && !isHopeless;
            case RolledBack -> isRelapsed(member, device);
            case Waiting, Updating, Withdrawing, RollingBack -> false;
        };
    }

    /// Whether it says after all that it runs what it was sent back from: it had been silent.
    private boolean isRelapsed(Member member, Appliance device) {
        return device.runs(state.version()) && !member.previous().version().equals(state.version()) && !device.isBusy()
                && member.tries() < Course.RETURNS_MAX && !member.reason().equals("ByHand");
    }

    private Member sendBack(Member member, Appliance device) {
        boolean isThere = device.runs(member.previous().version()) && !device.isBusy();
        if (isThere) return member.become(Phase.RolledBack, "Returned", "");
        if (underWay() >= rollout.pace().maxUnavailable()) return member.become(member.phase(), member.reason(), member.message());
        if (presence.refusal(device).isPresent()) return member.become(member.phase(), "Budget", presence.refusal(device).get());
        presence = presence.without(device.name());
        return turn(member, device);
    }

    private Member turn(Member member, Appliance device) {
        var back = member.previous().firmwareName();
        var order = new Wish(back, back.isEmpty() ? member.order().attempt() : Course.attempt(member, device));
        return member.asked(Phase.RollingBack, order, member.wave(), member.is(Phase.RolledBack) ? member.tries() + 1 : 1, member.previous(),
                fleet.now());
    }

    // The end.

    private RolloutState conclude() {
        var now = state.with(members.values());
        if (rollout.will().abort()) return now.completed().isPresent() ? now : now.ended(Revision.ABORTED, now.failure(), fleet.now());
        if (!now.failure().isEmpty()) return rollout.will().rollsBack() && isReturned() ? now.ended(Revision.ROLLED_BACK, now.failure(), fleet.now()) : now;
        if (fleet.trouble().isPresent() || !isComplete()) return now;
        return now.with(members.values().stream().map(member -> member.is(Phase.Updated) ? member.settled() : member).toList()).complete(fleet.now())
                .ended(Revision.COMPLETE, "", fleet.now());
    }

    private boolean isReturned() {
        return members.values().stream().noneMatch(member -> hasToReturn(member)
                || member.isUnderWay() && !course.isOutOfReach(member, fleet.selected().get(member.name())));
    }

    private boolean isComplete() {
        return members.values().stream().anyMatch(member -> member.is(Phase.Updated)) && members.values().stream().allMatch(this::needsNothing);
    }

    /// Whether it has the firmware, or nobody can say when it will: sleepers come when they come.
    private boolean needsNothing(Member member) {
        return switch (member.phase()) {
            case Updated -> true;
            case Waiting -> member.reason().equals("Owned") || member.reason().equals(Course.NOT_TAKEN_UP)
                    || fleet.selected().get(member.name()).away();
            case Updating, Withdrawing, Soaking, Failed, RollingBack, RolledBack -> false;
        };
    }
}
