package home.oikos.rollout;

import home.oikos.api.Json;
import home.oikos.controller.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Where a rollout is, as its status says. A timer is an instant in it, so a restart loses none.
///
/// @param attempt the number in the spec that this revision answers
/// @param completed when every device that could be reached had it for the first time
/// @param failure what went wrong first in this revision; empty while nothing did
/// @param members by the name of their device, in that order
/// @param history the newest last, and that is this revision
record RolloutState(long revision, String firmwareName, String version, int attempt, Optional<Instant> completed, String failure,
        Map<String, Member> members, List<Revision> history) {
    /// As many as the schema allows: a firmware a month for more than a year.
    static final int HISTORY_MAX = 16;

    RolloutState {
        members = Collections.unmodifiableMap(new TreeMap<>(members));
        history = List.copyOf(history);
    }

    /// This with another revision begun.
    RolloutState revise(Image image, int newAttempt, Collection<Member> anew, Instant now) {
        var longer = new ArrayList<>(history);
        if (!longer.isEmpty() && longer.getLast().outcome().isEmpty()) longer.addLast(longer.removeLast().ended(Revision.REPLACED, "", now));
        longer.add(new Revision(revision + 1, image.name(), image.version(), now, Optional.empty(), "", ""));
        while (longer.size() > HISTORY_MAX) longer.removeFirst();
        return new RolloutState(revision + 1, image.name(), image.version(), newAttempt, Optional.empty(), "", byName(anew), longer);
    }

    RolloutState with(Collection<Member> changed) {
        return new RolloutState(revision, firmwareName, version, attempt, completed, failure, byName(changed), history);
    }

    RolloutState failed(String why) {
        return failure.isEmpty() ? new RolloutState(revision, firmwareName, version, attempt, completed, why, members, history) : this;
    }

    RolloutState complete(Instant now) {
        return new RolloutState(revision, firmwareName, version, attempt, completed.or(() -> Optional.of(now)), failure, members, history);
    }

    /// This with the outcome of its revision told.
    RolloutState ended(String outcome, String message, Instant now) {
        if (history.isEmpty()) return this;
        var told = new ArrayList<>(history);
        told.addLast(told.removeLast().ended(outcome, message, now));
        return new RolloutState(revision, firmwareName, version, attempt, completed, failure, members, told);
    }

    /// When this revision began.
    Optional<Instant> start() {
        return history.isEmpty() ? Optional.empty() : Optional.of(history.getLast().start());
    }

    /// How this revision ended, see [Revision]; empty while it goes on.
    String outcome() {
        return history.isEmpty() ? "" : history.getLast().outcome();
    }

    /// Whether a firmware was once brought to all devices.
    boolean hasCompleted(String name) {
        return history.stream().anyMatch(past -> past.firmwareName().equals(name) && past.outcome().equals(Revision.COMPLETE));
    }

    private static Map<String, Member> byName(Collection<Member> members) {
        var byName = new TreeMap<String, Member>();
        members.forEach(member -> byName.put(member.name(), member));
        return byName;
    }

    static RolloutState read(Json status) {
        var members = status.at("devices").array().stream().map(Member::read).toList();
        return new RolloutState(status.at("revision").integer(0L), status.at("firmwareName").text(""), status.at("version").text(""),
                status.at("attempt").integer(0), Times.read(status.at("completedTime")), status.at("failure").text(""), byName(members),
                status.at("history").array().stream().map(Revision::read).toList());
    }
}
