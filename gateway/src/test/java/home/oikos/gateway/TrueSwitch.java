package home.oikos.gateway;

import java.util.ArrayDeque;
import java.util.Deque;

/// When a simulated outlet was truly on, and since when the gateway could know of it. Times are true seconds.
final class TrueSwitch {
    private static final long NOT_YET = Long.MAX_VALUE;
    /// Older ones matter to no protective time.
    private static final int EPISODES_MAX = 64;

    private final Deque<Episode> episodes = new ArrayDeque<>();
    private long changed;

    private static final class Episode {
        private final long began;
        private long ended = NOT_YET;
        private long known;
        private boolean byHand;
        private long heardEnd = NOT_YET;

        private Episode(long began, long known) {
            this.began = began;
            this.known = known;
        }
    }

    boolean on() {
        return !episodes.isEmpty() && episodes.getLast().ended == NOT_YET;
    }

    long changed() {
        return changed;
    }

    /// @param byCommand the gateway knows what it commanded; what a hand did it has to hear
    void turn(boolean on, boolean byCommand, long second) {
        if (on == on()) return;
        changed = second;
        if (on) episodes.add(new Episode(second, byCommand ? second : NOT_YET));
        else end(episodes.getLast(), byCommand, second);
        if (episodes.size() > EPISODES_MAX) episodes.removeFirst();
    }

    private static void end(Episode last, boolean byCommand, long second) {
        last.ended = second;
        last.byHand = !byCommand;
    }

    /// The gateway heard that it was off at that time.
    void heardOff(long said, long second) {
        for (var episode : episodes) if (episode.ended <= said) episode.heardEnd = Math.min(episode.heardEnd, second);
    }

    /// Whether it was turned off after that time, as far as the gateway could know when it decided: of a hand it has to hear.
    boolean wentOff(long since, long decided) {
        return episodes.stream().anyMatch(episode -> episode.ended > since && episode.known <= decided && (!episode.byHand || episode.heardEnd <= decided));
    }

    /// The gateway heard that it was on at that time.
    void heard(long said, long second) {
        for (var episode : episodes) if (episode.began <= said && said < episode.ended) episode.known = Math.min(episode.known, second);
    }

    /// Whether it was on after that time, as far as the gateway could know when it decided.
    boolean wasOn(long since, long decided) {
        return episodes.stream().anyMatch(episode -> episode.ended > since && episode.known <= decided);
    }
}
