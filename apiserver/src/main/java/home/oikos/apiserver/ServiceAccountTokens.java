package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonException;
import home.oikos.pki.TokenKeys;
import home.oikos.store.Snapshot;
import home.oikos.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Makes and knows ServiceAccounts' tokens. A token is good while its signature, its time, its account and the object it is bound to
/// are: all but the signature are looked up anew each time. Safe for use by several threads.
public final class ServiceAccountTokens implements TokenAuthenticator {
    /// Tokens whose signature was found good. A home has some dozens of pods, each with one token.
    private static final int CHECKED_MAX = 256;
    /// How far a clock that was set back may be behind before a token counts as from the future.
    private static final Duration SKEW = Duration.ofMinutes(1);
    /// How long the token of an account or pod that is being deleted still works: it may need it to say goodbye.
    private static final Duration AFTER_DELETION = Duration.ofSeconds(60);

    private final TokenKeys keys;
    private final String issuer;
    private final Store store;
    private final Clock clock;
    private final RecentlyUsed<String, ServiceAccountClaims> checked = new RecentlyUsed<>(CHECKED_MAX);

    public ServiceAccountTokens(TokenKeys keys, String issuer, Store store, Clock clock) {
        this.keys = keys;
        this.issuer = issuer;
        this.store = store;
        this.clock = clock;
    }

    public String issuer() {
        return issuer;
    }

    String jwks() {
        return keys.jwks();
    }

    String sign(ServiceAccountClaims claims) {
        return keys.sign(claims.json(issuer).bytes());
    }

    @Override
    public Optional<Bearer> authenticate(String token, List<String> audiences) {
        return claims(token).filter(claims -> claims.isCurrent(clock.instant(), SKEW))
                .filter(claims -> !claims.audiencesAmong(audiences).isEmpty())
                .filter(this::lives)
                .map(claims -> new Bearer(claims.user(), claims.audiencesAmong(audiences)));
    }

    private Optional<ServiceAccountClaims> claims(String token) {
        var known = checked.get(token);
        if (known != null) return Optional.of(known);
        var claims = keys.verify(token).flatMap(this::parsed);
        claims.ifPresent(good -> checked.put(token, good));
        return claims;
    }

    private Optional<ServiceAccountClaims> parsed(byte[] claims) {
        try {
            return ServiceAccountClaims.of(Json.parse(claims), issuer);
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    private boolean lives(ServiceAccountClaims claims) {
        var now = store.snapshot();
        var account = claims.account();
        return lives(now, "serviceaccounts", account.namespace() + "/" + account.name(), claims.accountUid())
                && claims.bound().map(object -> lives(now, account.namespace(), object)).orElse(true);
    }

    private boolean lives(Snapshot now, String namespace, ServiceAccountClaims.BoundObject object) {
        return switch (object.kind()) {
            case "Pod" -> lives(now, "pods", namespace + "/" + object.name(), object.uid());
            case "Secret" -> lives(now, "secrets", namespace + "/" + object.name(), object.uid());
            case "Node" -> lives(now, "nodes", object.name(), object.uid());
            default -> false;
        };
    }

    private boolean lives(Snapshot now, String resource, String key, String uid) {
        var entry = now.get("/registry/core/" + resource + "/" + key);
        if (entry.isEmpty()) return false;
        var metadata = Json.parse(entry.get().value()).at("metadata");
        var deletion = metadata.at("deletionTimestamp").text().map(Instant::parse);
        return metadata.at("uid").text("").equals(uid) && deletion.map(at -> clock.instant().isBefore(at.plus(AFTER_DELETION)))
                .orElse(true);
    }
}
