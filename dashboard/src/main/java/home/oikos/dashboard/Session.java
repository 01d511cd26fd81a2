package home.oikos.dashboard;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;

/// A browser that was let in. It is kept as a Secret, so that it outlives a restart; of its cookie only the hash is known.
/// @param uid of the Secret; a token is bound to it and ends with it
/// @param since when it logged in
/// @param lastSeen within [#SEEN_PERIOD]
/// @param proof of a code beside the link, if one was given
record Session(String name, String uid, Digest cookie, Role role, String userAgent, Instant since, Instant lastSeen, Optional<Proof> proof) {
    static final String TYPE = "oikos.home/session";
    /// A tablet on the wall is on every day; a phone that was lost is not seen again.
    static final Duration IDLE_MAX = Duration.ofDays(30);
    static final Duration AGE_MAX = Duration.ofDays(180);
    /// How exactly it is remembered when a session was last seen: each time is a write to disk, about 300 bytes.
    static final Duration SEEN_PERIOD = Duration.ofHours(6);

    private static final int NAME_DIGITS = 20;
    private static final int USER_AGENT_CHARACTERS_MAX = 200;

    Session {
        userAgent = userAgent.substring(0, Math.min(userAgent.length(), USER_AGENT_CHARACTERS_MAX));
    }

    /// The name follows from the cookie, so a session is found without looking through all.
    static String name(Digest cookie) {
        return "session-" + cookie.start(NAME_DIGITS);
    }

    static Optional<Session> of(Json secret) {
        var content = new SecretContent(secret);
        if (!secret.at("type").text("").equals(TYPE)) return Optional.empty();
        var metadata = secret.at("metadata");
        return Role.of(content.text("role")).map(role -> new Session(metadata.at("name").text(""), metadata.at("uid").text(""),
                new Digest(content.text("hash")), role, content.text("userAgent"), content.time("sinceTime"),
                content.time("lastSeenTime"), Proof.of(content)));
    }

    JsonObject secret() {
        var texts = new LinkedHashMap<String, String>();
        texts.put("hash", cookie.hex());
        texts.put("role", role.account());
        texts.put("userAgent", userAgent);
        texts.put("sinceTime", since.toString());
        texts.put("lastSeenTime", lastSeen.toString());
        proof.ifPresent(given -> texts.putAll(given.texts()));
        return JsonObject.of("apiVersion", "v1", "kind", "Secret", "metadata", JsonObject.of("name", name, "namespace", Accounts.NAMESPACE),
                "type", TYPE, "data", SecretContent.data(texts));
    }

    boolean isOver(Instant now) {
        return !now.isBefore(lastSeen.plus(IDLE_MAX)) || !now.isBefore(since.plus(AGE_MAX));
    }

    Session seen(Instant now) {
        return new Session(name, uid, cookie, role, userAgent, since, now, proof);
    }

    Session proven(Proof given) {
        return new Session(name, uid, cookie, role, userAgent, since, lastSeen, Optional.of(given));
    }

    boolean hasProven(SecondFactor factor) {
        return proof.filter(given -> given.factor().equals(factor.uid())).isPresent();
    }

    /// Whether the one who sits there lost the phone and said so by a code on paper.
    boolean isRecovered() {
        return proof.filter(Proof::recovery).isPresent();
    }

    /// What the page shows of it.
    JsonObject shown(boolean own) {
        return JsonObject.of("name", name, "role", role.account(), "userAgent", userAgent, "sinceTime", since.toString(),
                "lastSeenTime", lastSeen.toString(), "own", own, "code", proof.isPresent(), "recovered", isRecovered());
    }
}
