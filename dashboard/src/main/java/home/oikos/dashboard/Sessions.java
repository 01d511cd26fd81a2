package home.oikos.dashboard;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.api.Reason;
import home.oikos.client.ApiClient;
import home.oikos.client.DeleteOptions;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import home.oikos.client.Selection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/// The sessions that are open, kept in the API. Any thread may use it; no lock is held while the API is asked.
final class Sessions {
    /// A household has a dozen screens; each session is a Secret of about 700 bytes and, while it is used, a cached token of 1 KiB.
    static final int SESSIONS_MAX = 32;
    /// How long a session is believed without asking the API: one that `kubectl delete` ended is shut out after this.
    static final Duration BELIEVED = Duration.ofSeconds(20);

    private static final int COOKIE_BYTES = 32;

    /// @param written the last seen time that the API knows
    private record Known(Session session, Instant checked, Instant written) { }

    /// A new session, and the cookie that proves it; the cookie is nowhere else.
    record Opened(Session session, String cookie) { }

    private final ApiClient client;
    private final Clock clock;
    private final RandomGenerator random;
    /// By name; only what the API was seen to hold, so it is as bounded as that.
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /// @param random unpredictable, and safe for many threads
    Sessions(ApiClient client, Clock clock, RandomGenerator random) {
        this.client = client;
        this.clock = clock;
        this.random = random;
    }

    Opened open(Role role, String userAgent, Optional<Proof> proof) {
        makeRoom();
        var bytes = new byte[COOKIE_BYTES];
        random.nextBytes(bytes);
        var cookie = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var digest = Digest.of(cookie);
        var now = clock.instant();
        var session = new Session(Session.name(digest), "", digest, role, userAgent, now, now, proof);
        return new Opened(remember(client.create(Resources.SECRETS, session.secret()), now).orElseThrow(), cookie);
    }

    /// The session of a cookie, if it is one of ours and not over.
    Optional<Session> find(String cookie) {
        var digest = Digest.of(cookie);
        var now = clock.instant();
        var found = believed(Session.name(digest), now).filter(session -> session.cookie().isSameAs(digest));
        if (found.isPresent() && found.get().isOver(now)) {
            revoke(found.get().name());
            return Optional.empty();
        }
        return found.map(session -> seen(session, now));
    }

    private Optional<Session> believed(String name, Instant now) {
        var before = known.get(name);
        if (before != null && now.isBefore(before.checked.plus(BELIEVED))) return Optional.of(before.session);
        var found = client.find(Resources.SECRETS, key(name)).flatMap(secret -> remember(secret, now));
        if (found.isEmpty()) known.remove(name);
        return found;
    }

    private Optional<Session> remember(Json secret, Instant now) {
        var session = Session.of(secret);
        session.ifPresent(read -> known.put(read.name(), new Known(read, now, read.lastSeen())));
        return session;
    }

    private Session seen(Session session, Instant now) {
        var seen = session.seen(now);
        var before = known.get(session.name());
        if (before == null) return seen;
        boolean due = !now.isBefore(before.written.plus(Session.SEEN_PERIOD));
        known.replace(session.name(), before, new Known(seen, before.checked, due ? now : before.written));
        if (due) write(seen);
        return seen;
    }

    private void write(Session seen) {
        try {
            var data = SecretContent.data(Map.of("lastSeenTime", seen.lastSeen().toString()));
            client.patch(Resources.SECRETS, key(seen.name()), Patch.merge("data", data));
        } catch (ApiException refused) {
            if (refused.reason() != Reason.NOT_FOUND) throw refused;      // ended this moment: the next look sees it
        }
    }

    /// Remembers that a code was given in a session.
    Session prove(Session session, Proof proof) {
        var texts = new LinkedHashMap<>(proof.texts());
        texts.put("wrongCodes", "0");
        client.patch(Resources.SECRETS, key(session.name()), Patch.merge("data", SecretContent.data(texts)));
        known.computeIfPresent(session.name(), (_, before) -> new Known(before.session.proven(proof), before.checked, before.written));
        return session.proven(proof);
    }

    /// All sessions, the one seen last first.
    List<Session> list() {
        return client.list(Resources.SECRETS, Accounts.NAMESPACE, Selection.fields("type=" + Session.TYPE)).stream()
                .flatMap(secret -> Session.of(secret).stream()).map(this::freshest)
                .sorted(Comparator.comparing(Session::lastSeen).reversed()).toList();
    }

    private Session freshest(Session read) {
        var before = known.get(read.name());
        return before != null && before.session.lastSeen().isAfter(read.lastSeen()) ? before.session : read;
    }

    /// @return whether there was such a session
    boolean revoke(String name) {
        known.remove(name);
        var secret = client.find(Resources.SECRETS, key(name)).filter(found -> Session.of(found).isPresent());
        return secret.isPresent() && client.deleteIfPresent(Resources.SECRETS, key(name),
                DeleteOptions.ofUid(secret.get().at("metadata", "uid").text("")));
    }

    /// Ends what is over, and what was not seen longest when there are too many.
    private void makeRoom() {
        var now = clock.instant();
        var all = list();
        for (int i = 0; i < all.size(); i++) {
            if (i >= SESSIONS_MAX - 1 || all.get(i).isOver(now)) revoke(all.get(i).name());
        }
    }

    static ObjectKey key(String name) {
        return new ObjectKey(Accounts.NAMESPACE, name);
    }
}
