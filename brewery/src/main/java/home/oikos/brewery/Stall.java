package home.oikos.brewery;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.controller.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A batch's stall as it stands in status, so that a restart repeats nothing and forgets nothing.
///
/// @param number how often this batch has stalled
/// @param since when it was found; empty while none is open
/// @param moved since when it moves again
/// @param rungs what became of each rung so far
record Stall(int number, Optional<Instant> since, Optional<Instant> moved, List<Taken> rungs) {
    enum State {
        /// It is decided and written down; it may or may not have been done.
        Acting,
        Done,
        /// It was not allowed, or not possible.
        Refused,
        /// There was nothing to do: the yeast's limit is reached.
        Skipped
    }

    record Taken(State state, Instant time, String message) { }

    Stall {
        rungs = List.copyOf(rungs);
    }

    static Stall read(Json stall) {
        var rungs = new ArrayList<Taken>();
        for (var rung : stall.at("steps").array()) {
            rungs.add(new Taken(state(rung.at("state").text("")), Times.read(rung.at("time")).orElse(Instant.EPOCH),
                    rung.at("message").text("")));
        }
        return new Stall(stall.at("number").integer(0), Times.read(stall.at("sinceTime")), Times.read(stall.at("movedTime")), rungs);
    }

    private static State state(String word) {
        for (var state : State.values()) if (state.name().equals(word)) return state;
        return State.Acting;
    }

    boolean isOpen() {
        return since.isPresent();
    }

    Stall begun(Instant now) {
        return new Stall(number + 1, Optional.of(now), Optional.empty(), List.of());
    }

    Stall moving(Optional<Instant> from) {
        return new Stall(number, since, from, rungs);
    }

    Stall ended() {
        return new Stall(number, Optional.empty(), Optional.empty(), rungs);
    }

    Stall with(int index, Taken taken) {
        var changed = new ArrayList<>(rungs);
        if (index < changed.size()) changed.set(index, taken);
        else changed.add(taken);
        return new Stall(number, since, moved, changed);
    }

    /// Over what stood there before, whose other fields stay.
    JsonObject json(JsonObject before) {
        var steps = new JsonArray(rungs.stream().<Json>map(taken ->
                JsonObject.of("state", taken.state().name(), "time", Times.micro(taken.time()),
                "message", taken.message())).toList());
        var json = before.with("number", number).with("steps", steps).without("sinceTime").without("movedTime");
        if (since.isPresent()) json = json.with("sinceTime", Times.micro(since.get()));
        return moved.isPresent() ? json.with("movedTime", Times.micro(moved.get())) : json;
    }
}
