package home.oikos.rollout;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.controller.Times;
import java.time.Instant;
import java.util.Optional;

/// One firmware, or one attempt at it, in the history of a rollout.
///
/// @param outcome Complete, RolledBack, Replaced or Aborted; empty while it goes on
record Revision(long number, String firmwareName, String version, Instant start, Optional<Instant> end, String outcome, String message) {
    static final String COMPLETE = "Complete";
    static final String ROLLED_BACK = "RolledBack";
    static final String REPLACED = "Replaced";
    static final String ABORTED = "Aborted";

    static Revision read(Json json) {
        return new Revision(json.at("revision").integer(0L), json.at("firmwareName").text(""), json.at("version").text(""),
                Times.read(json.at("startTime")).orElse(Instant.EPOCH), Times.read(json.at("endTime")), json.at("outcome").text(""),
                json.at("message").text(""));
    }

    JsonObject json() {
        return JsonObject.of("revision", number, "firmwareName", firmwareName, "version", version, "startTime", Times.text(start),
                "endTime", end.map(Times::text).orElse(null), "outcome", outcome.isEmpty() ? null : outcome,
                "message", message.isEmpty() ? null : message);
    }

    /// An outcome that is told stays until there is another.
    Revision ended(String how, String words, Instant now) {
        return how.equals(outcome) && words.equals(message) ? this : new Revision(number, firmwareName, version, start, Optional.of(now), how, words);
    }
}
