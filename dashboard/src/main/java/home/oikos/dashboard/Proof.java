package home.oikos.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// That a session has given a code.
/// @param factor the uid of the OneTimePassword that it was a code of
/// @param recovery whether it came from paper, because the phone is lost
record Proof(String factor, boolean recovery, Instant time) {
    /// How long whoever gave a code may change what asks for it without giving another.
    static final Duration FRESH = Duration.ofMinutes(10);

    static Optional<Proof> of(SecretContent content) {
        var factor = content.text("factor");
        return factor.isEmpty() ? Optional.empty() : Optional.of(new Proof(factor, content.text("recovery").equals("true"), content.time("provenTime")));
    }

    Map<String, String> texts() {
        var texts = new LinkedHashMap<String, String>();
        texts.put("factor", factor);
        texts.put("recovery", String.valueOf(recovery));
        texts.put("provenTime", time.toString());
        return texts;
    }

    /// A clock that was set back makes none fresh for longer.
    boolean isFresh(Instant now) {
        return !now.isBefore(time) && now.isBefore(time.plus(FRESH));
    }
}
