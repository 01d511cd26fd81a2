package home.oikos.rollout;

import home.oikos.rollout.Member.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What follows for one device of a rollout from what is seen of it. Pure, and asks nothing of anybody: [RolloutPlan] does.
///
/// | phase | what is seen | next |
/// |---|---|---|
/// | Waiting | it runs the version already | Updated, or Soaking when this rollout asked it |
/// | Updating | it has the firmware | Soaking |
/// | | it failed, or takes longer than the deadline | Failed |
/// | | somebody wants something else of it | Waiting |
/// | Withdrawing | it stopped | Waiting |
/// | | it went on | Soaking or Failed |
/// | Soaking | well at the end of its time | Updated |
/// | Soaking, Updated | unwell for too long, or on another version | Failed |
/// | RollingBack | it has what it had | RolledBack |
/// | | it failed | RollingBack again, at last Failed |
final class Course {
    /// So often a device is asked to go back before a person has to look: flash wears out, and what fails three times fails.
    static final int RETURNS_MAX = 3;
    /// So often admission may refuse what is asked of a device before it has failed: what was made a moment ago may not be known there yet.
    static final int REFUSALS_MAX = 3;
    private static final Duration REFUSED = Duration.ofSeconds(5);
    static final String NOT_TAKEN_UP = "NotTakenUp";
    static final String RETURN_FAILED = "ReturnFailed";
    static final String NO_WAY_BACK = "NoWayBack";

    private final Rollout rollout;
    private final RolloutState state;
    private final Fleet fleet;

    Course(Rollout rollout, RolloutState state, Fleet fleet) {
        this.rollout = rollout;
        this.state = state;
        this.fleet = fleet;
    }

    Member next(Member member, Appliance device) {
        return switch (member.phase()) {
            case Waiting -> waiting(member, device);
            case Updating -> updating(member, device);
            case Withdrawing -> withdrawing(member, device);
            case Soaking, Updated -> running(member, device);
            case RollingBack -> returning(member, device);
            case Failed, RolledBack -> member;
        };
    }

    private boolean isThere(Appliance device) {
        return !state.version().isEmpty() && device.runs(state.version());
    }

    private Member waiting(Member member, Appliance device) {
        if (!isThere(device) || device.isBusy()) return member;
        return member.isTouched() ? soaks(member) : member.proven("UpToDate", fleet.now());
    }

    private Member soaks(Member member) {
        return member.soaks(fleet.in(rollout.pace().soak()), "");
    }

    private Member updating(Member member, Appliance device) {
        var update = device.update();
        boolean ours = update.of().equals(member.order());
        if (ours && update.hasSucceeded()) return isThere(device) ? soaks(member) : reverted(member, device);
        if (isTakenByHand(member, device)) return byHand(member, device);
        if (!ours) return member;
        return switch (update.phase()) {
            case Failed -> member.become(Phase.Failed, update.reason(), update.message());
            case Idle -> member.wait("Withdrawn", "the offer was taken back").notBefore(fleet.in(RolloutPlan.retry(rollout)));
            case Offered -> member.become(Phase.Updating, update.reason(), update.isHeldBack() ? update.message() : "");
            case Downloading, Installing, AwaitingReport -> taken(member, update);
        };
    }

    private Member taken(Member member, Update update) {
        var deadline = rollout.pace().deadline();
        if (!fleet.isPast(update.changed().plus(deadline))) return member.become(Phase.Updating, update.phase().name(), "");
        return member.become(Phase.Failed, "ProgressDeadlineExceeded", "nothing moved for %d s: %s".formatted(deadline.toSeconds(), update.message()));
    }

    /// A wish with our attempt or a later one that is not our order: it was written after ours.
    private static boolean isTakenByHand(Member member, Appliance device) {
        return !device.wish().equals(member.order()) && device.wish().attempt() >= member.order().attempt();
    }

    private Member byHand(Member member, Appliance device) {
        var words = device.wish().isNothing() ? "somebody took the offer back" : "somebody wants firmware %s of it".formatted(device.wish().firmwareName());
        return member.wait("ByHand", words).notBefore(fleet.in(RolloutPlan.retry(rollout)));
    }

    private Member withdrawing(Member member, Appliance device) {
        var update = device.update();
        boolean ours = update.of().equals(member.order());
        if (ours && update.inWork() || device.wish().equals(member.order())) return member;
        if (ours && update.phase() == Update.Phase.Failed && member.order().firmwareName().equals(state.firmwareName())) {
            return member.become(Phase.Failed, update.reason(), update.message());
        }
        // It went on, and keeps its place in its wave.
        if (isThere(device) && !device.isBusy()) return soaks(member);
        return member.wait(member.reason(), member.message());
    }

    private static String said(Appliance device) {
        return device.update().unconfirmed().isPresent() ? "nobody knows what it runs" : "it runs %s".formatted(device.version());
    }

    private Member reverted(Member member, Appliance device) {
        return member.become(Phase.Failed, "Reverted", "it runs %s again".formatted(device.version().isEmpty() ? "something else" : device.version()));
    }

    private Member running(Member member, Appliance device) {
        if (isOutOfHand(member, device)) return byHand(member, device);
        if (!isThere(device)) return member.isTouched() ? reverted(member, device) : member.wait("OtherVersion", said(device));
        return member.isTouched() ? watched(member, device) : member;
    }

    /// Whether it is at something, or was brought to something, that this rollout did not ask for what it wants now. An order for another firmware may
    /// never have been given, and a person may wish the same.
    private boolean isOutOfHand(Member member, Appliance device) {
        boolean isOurs = member.order().firmwareName().equals(state.firmwareName());
        if (device.isBusy()) return !isOurs || !device.wish().equals(member.order());
        return member.isTouched() && !isThere(device) && !(isOurs && device.update().of().equals(member.order()));
    }

    private Member watched(Member member, Appliance device) {
        var complaints = fleet.judge().complaints(rollout.health(), device);
        var since = since(member, complaints);
        for (var sign : complaints) {
            if (!sign.unknown() && fleet.isPast(failure(since, sign.check()))) {
                return member.ails(since).become(Phase.Failed, "Unhealthy", sign.why());
            }
        }
        var seen = member.ails(since);
        return seen.is(Phase.Updated) ? seen : soaking(seen, device, complaints);
    }

    /// When a sign that has been false since then is a failure.
    static Instant failure(Map<String, Instant> since, Check check) {
        var begun = since.get(check.name());
        return check.failureTime().isZero() ? begun : begun.plus(check.failureTime()).plusSeconds(1);
    }

    private Map<String, Instant> since(Member member, List<Sign> complaints) {
        var since = new TreeMap<String, Instant>();
        for (var sign : complaints) {
            var name = sign.check().name();
            if (!sign.unknown()) since.put(name, member.unhealthy().getOrDefault(name, fleet.now()));
        }
        return since;
    }

    private Member soaking(Member member, Appliance device, List<Sign> complaints) {
        var until = member.soakUntil().orElse(fleet.now());
        var doubt = device.away() ? "it is away" : complaints.stream().map(Sign::why).findFirst().orElse("");
        if (!fleet.isPast(until)) return member.become(Phase.Soaking, "Watched", doubt);
        if (doubt.isEmpty()) return member.proven("Proven", fleet.now());
        if (!fleet.isPast(until.plus(rollout.pace().deadline()))) return member.become(Phase.Soaking, "Doubted", doubt);
        return member.become(Phase.Failed, "Unproven", "nobody could see that it is well: " + doubt);
    }

    private Member returning(Member member, Appliance device) {
        var update = device.update();
        boolean isBack = device.runs(member.previous().version());
        if (member.order().isNothing()) return withoutWay(member, device, isBack);
        if (isTakenByHand(member, device)) return member.become(Phase.RolledBack, "ByHand", "somebody wants something else of it");
        if (!update.of().equals(member.order())) return member;
        if (update.hasSucceeded() || isBack && !update.inWork()) return member.become(Phase.RolledBack, "Returned", "");
        if (update.phase() == Update.Phase.Failed) return again(member, device);
        if (update.isHeldBack()) return member.become(Phase.RollingBack, update.reason(), update.message());
        return member.become(Phase.RollingBack, isOutOfReach(member, device) ? "OutOfReach" : update.phase().name(), "");
    }

    private static Member withoutWay(Member member, Appliance device, boolean isBack) {
        if (device.isBusy()) return member;
        if (isBack) return member.become(Phase.RolledBack, "Returned", "");
        return member.become(Phase.Failed, NO_WAY_BACK, "there is no Firmware of version %s to go back to".formatted(member.previous().version()));
    }

    private Member again(Member member, Appliance device) {
        if (member.tries() >= RETURNS_MAX) return member.become(Phase.Failed, RETURN_FAILED, "it could not go back: " + device.update().message());
        return member.asked(Phase.RollingBack, new Wish(member.order().firmwareName(), attempt(member, device)), member.wave(), member.tries() + 1,
                member.previous(), fleet.now());
    }

    /// Whether a device that has to go back cannot be expected to: the offer stands for when it comes.
    boolean isOutOfReach(Member member, Appliance device) {
        if (!member.is(Phase.RollingBack) || device.update().isTakenUp()) return false;
        return device.away() || fleet.isPast(member.start().orElse(fleet.now()).plus(rollout.pace().deadline()));
    }

    /// The API refused to ask it.
    static Member refused(Member member, String why, Fleet fleet) {
        if (member.is(Phase.RollingBack)) return member.become(Phase.Failed, RETURN_FAILED, why);
        if (member.tries() + 1 >= REFUSALS_MAX) return member.become(Phase.Failed, "Refused", why);
        return member.refused().wait("Refused", why).notBefore(fleet.in(REFUSED));
    }

    /// A number that nobody has used for this device.
    static int attempt(Member member, Appliance device) {
        return Math.max(member.order().attempt(), Math.max(device.wish().attempt(), device.update().of().attempt())) + 1;
    }
}
