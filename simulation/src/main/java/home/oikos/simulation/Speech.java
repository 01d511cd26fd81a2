package home.oikos.simulation;

import home.oikos.api.Json;
import home.oikos.api.JsonBoolean;
import home.oikos.api.JsonString;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// When things speak: at once when something is switched or moves far, now and then when little moves, rarely when nothing does. That is how battery
/// devices report, and what keeps a still house still. Its house calls it from one thread.
final class Speech {
    /// How often a measured value that creeps is told.
    static final Duration CREEPING_PERIOD = Duration.ofSeconds(10);
    /// How often a thing says that it is still there: within the 30 seconds that the home's models expect.
    static final Duration STILL_PERIOD = Duration.ofSeconds(25);
    /// A number that moved by this share is far from what was said.
    private static final double FAR = 0.05;

    private final Map<String, Said> said = new HashMap<>();
    private Duration now = Duration.ZERO;

    private record Said(Map<String, Json> state, boolean online, Duration at) { }

    /// What a thing has to say.
    /// @param availability whether it comes or goes
    /// @param state whether its state is due
    record Due(boolean availability, boolean state) { }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /// Everything is to be said anew.
    void forget() {
        said.clear();
    }

    /// A thing that was told something answers, whatever came of it.
    void answer(String thing) {
        said.computeIfPresent(thing, (_, last) -> new Said(last.state(), last.online(), now.minus(STILL_PERIOD)));
    }

    /// What a thing has to say now; it counts as said.
    Due take(Thing thing) {
        var last = said.get(thing.name());
        var state = thing.says();
        boolean online = thing.reachable();
        boolean turned = last == null || last.online() != online;
        boolean speaks = online && (turned || isDue(last, state, thing.pulse()));
        if (turned || speaks) said.put(thing.name(), new Said(speaks ? state : last == null ? state : last.state(), online, speaks ? now : at(last)));
        return new Due(turned, speaks);
    }

    private Duration at(Said last) {
        return last == null ? now : last.at();
    }

    private boolean isDue(Said last, Map<String, Json> state, Optional<Duration> pulse) {
        var silent = now.minus(last.at());
        var period = pulse.orElse(state.equals(last.state()) ? STILL_PERIOD : CREEPING_PERIOD);
        if (silent.compareTo(period) >= 0) return true;
        return state.entrySet().stream().anyMatch(entry -> isEvent(last.state().get(entry.getKey()), entry.getValue()));
    }

    private static boolean isEvent(Json before, Json after) {
        if (after instanceof JsonBoolean || after instanceof JsonString || before == null) return !after.equals(before);
        double was = before.decimal(0);
        return Math.abs(after.decimal(0) - was) > FAR * Math.max(1, Math.abs(was));
    }
}
