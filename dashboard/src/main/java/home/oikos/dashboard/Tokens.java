package home.oikos.dashboard;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Resources;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Short-lived tokens for sessions. Each is bound to the session's Secret, so the API refuses it once the session is gone.
/// They are kept in memory only. Any thread may ask.
final class Tokens {
    private static final int LIFE_SECONDS = 3_600;
    /// Renewed this long before its end, so that none dies on the way.
    private static final Duration RENEWED_BEFORE = Duration.ofMinutes(10);

    private record Token(String text, Instant renewAt) { }

    private final ApiClient client;
    private final Clock clock;
    /// By session name.
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();

    Tokens(ApiClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /// Two threads may both ask for a new one; then there are two, and both are good.
    String of(Session session) {
        var token = tokens.get(session.name());
        if (token == null || !clock.instant().isBefore(token.renewAt)) {
            token = request(session);
            tokens.put(session.name(), token);
        }
        return token.text;
    }

    void forget(String session) {
        tokens.remove(session);
    }

    private Token request(Session session) {
        var bound = JsonObject.of("apiVersion", "v1", "kind", "Secret", "name", session.name(), "uid", session.uid());
        var request = JsonObject.of("apiVersion", "authentication.k8s.io/v1", "kind", "TokenRequest",
                "spec", JsonObject.of("expirationSeconds", LIFE_SECONDS, "boundObjectRef", bound));
        var account = new ObjectKey(Accounts.NAMESPACE, session.role().account());
        var status = client.post(Resources.SERVICE_ACCOUNTS, account, "token", request).at("status");
        return new Token(status.at("token").text(""), end(status).minus(RENEWED_BEFORE));
    }

    private Instant end(Json status) {
        try {
            return Instant.parse(status.at("expirationTimestamp").text(""));
        } catch (DateTimeParseException unsaid) {
            return clock.instant().plusSeconds(LIFE_SECONDS);
        }
    }
}
