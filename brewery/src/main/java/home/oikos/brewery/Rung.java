package home.oikos.brewery;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.home.Sentences;
import home.oikos.home.Step;
import java.time.Duration;

/// One rung of the ladder that is climbed when a batch stalls, and how long to give it before the next.
record Rung(Action action, Duration patience) {
    private static final Duration PATIENCE = Duration.ofHours(12);

    /// What is done.
    sealed interface Action {
        /// Warms the beer by so many degrees, within the yeast's limits.
        record Warm(double celsius) implements Action { }

        /// Asks a person.
        record Ask(String message) implements Action { }

        /// A step as in a Reaction.
        record Do(Step step) implements Action { }
    }

    static Rung read(Json rung, String namespace) {
        var patience = rung.at("waitSeconds").isPresent() ? Duration.ofSeconds(rung.at("waitSeconds").integer(0L)) : PATIENCE;
        return new Rung(action(rung.object().without("waitSeconds"), namespace), patience);
    }

    private static Action action(JsonObject rung, String namespace) {
        if (rung.has("warm")) {
            double by = rung.at("warm", "byCelsius").isPresent() ? Recipe.decimal(rung.at("warm"), "byCelsius") : 1;
            if (!(by > 0 && by <= 3)) throw new IllegalArgumentException("warm: expected more than 0 and at most 3 degrees");
            return new Action.Warm(by);
        }
        return rung.has("ask") ? new Action.Ask(rung.at("ask", "message").text("")) : new Action.Do(Step.read(rung, namespace));
    }

    /// `warm it by 1.0 °C`, `patch yeast`.
    String words() {
        return switch (action) {
            case Action.Warm(var by) -> "warm it by " + Units.one(by) + " °C";
            case Action.Ask(var message) -> "ask: " + message;
            case Action.Do(var step) -> Sentences.of(step);
        };
    }
}
