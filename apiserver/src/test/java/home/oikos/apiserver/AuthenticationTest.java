package home.oikos.apiserver;

import static org.junit.jupiter.api.Assertions.*;

import home.oikos.base.StandingClock;
import home.oikos.http.LocalRequest;
import home.oikos.pki.CertificateAuthority;
import home.oikos.pki.ServerNames;
import home.oikos.pki.TokenKeys;
import home.oikos.store.Durability;
import home.oikos.store.LogStore;
import home.oikos.store.Put;
import home.oikos.store.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthenticationTest {
    private static final String ISSUER = "https://kubernetes.default.svc";
    private static final ServiceAccountName ROBOT = new ServiceAccountName("home", "robot");

    private final SecureRandom random = new SecureRandom();
    private final StandingClock clock = StandingClock.at("2026-05-01T12:00:00Z");
    private Store store;
    private CertificateAuthority authority;
    private ServiceAccountTokens tokens;
    private AuthFilters filters;

    @TempDir
    Path directory;

    @BeforeEach
    void start() throws Exception {
        store = LogStore.inMemory(clock);
        authority = CertificateAuthority.open(directory.resolve("pki"), new ServerNames(List.of("localhost"), List.of()), clock, random);
        tokens = new ServiceAccountTokens(TokenKeys.open(directory.resolve("pki"), "token", random), ISSUER, store, clock);
        TokenAuthenticator sessions = (token, _) -> token.equals("session-1")
                ? Optional.of(new TokenAuthenticator.Bearer(User.of("ann", "family"), List.of())) : Optional.empty();
        filters = new AuthFilters(new AuthenticationFilter(List.of(new CertificateAuthenticator(authority),
                new BearerAuthenticator(List.of(tokens, sessions), List.of(ISSUER)))));
        put("serviceaccounts/home/robot", "{\"metadata\":{\"uid\":\"sa-1\",\"resourceVersion\":\"");
        put("pods/home/p", "{\"metadata\":{\"uid\":\"pod-1\",\"resourceVersion\":\"");
    }

    @AfterEach
    void stop() throws Exception {
        store.close();
    }

    private void put(String key, String head) throws Exception {
        var path = "/registry/core/" + key;
        var revision = store.snapshot().get(path).map(entry -> entry.revision()).orElse(0L);
        store.put(new Put(path, head.getBytes(StandardCharsets.UTF_8), "\"}}".getBytes(StandardCharsets.UTF_8), revision,
                Durability.DURABLE, null));
    }

    private static LocalRequest get() {
        return LocalRequest.of("GET", "/version");
    }

    private String token(Optional<ServiceAccountClaims.BoundObject> bound, List<String> audiences) {
        return tokens.sign(new ServiceAccountClaims(ROBOT, "sa-1", bound, audiences, clock.instant(),
                clock.instant().plus(Duration.ofHours(1)), "id-1"));
    }

    private String token() {
        return token(Optional.empty(), List.of(ISSUER));
    }

    private int status(String token) throws Exception {
        return filters.status(get().with("Authorization", "Bearer " + token));
    }

    private static ServiceAccountClaims.BoundObject pod(String uid) {
        return new ServiceAccountClaims.BoundObject("Pod", "p", uid, "pi", "node-1");
    }

    @Test
    void nobodyIsAnonymousAndBasicAuthIsNobody() throws Exception {
        assertEquals(User.anonymous(), filters.user(get()));
        assertEquals(User.anonymous(), filters.user(get().with("Authorization", "Basic YTpi")));
    }

    @Test
    void clientCertificateIsItsUserAndGroups() throws Exception {
        var admin = filters.user(get().withCertificate(authority.issueClient("admin", List.of("system:masters")).certificate()));
        assertEquals("admin", admin.name());
        assertEquals(List.of("system:masters", "system:authenticated"), admin.groups());
    }

    @Test
    void foreignOrExpiredCertificateIsRefusedAndNotAnonymous(@TempDir Path elsewhere) throws Exception {
        var foreign = CertificateAuthority.open(elsewhere, new ServerNames(List.of("localhost"), List.of()), clock, random);
        assertEquals(401, filters.status(get().withCertificate(foreign.issueClient("admin", List.of("system:masters")).certificate())));
        var own = authority.issueClient("admin", List.of("system:masters")).certificate();
        assertEquals(200, filters.status(get().withCertificate(own)));
        clock.advance(Duration.ofDays(400));
        assertEquals(401, filters.status(get().withCertificate(own)), "also when it was good before");
    }

    @Test
    void serviceAccountTokenIsItsAccount() throws Exception {
        var robot = filters.user(get().with("Authorization", "bearer " + token(Optional.of(pod("pod-1")), List.of("other", ISSUER))));
        assertEquals("system:serviceaccount:home:robot", robot.name());
        assertEquals("sa-1", robot.uid());
        assertEquals(List.of("system:serviceaccounts", "system:serviceaccounts:home", "system:authenticated"), robot.groups());
        assertEquals(List.of("p"), robot.extra().get("authentication.kubernetes.io/pod-name"));
        assertEquals(List.of("pi"), robot.extra().get("authentication.kubernetes.io/node-name"));
        assertEquals(List.of("JTI=id-1"), robot.extra().get("authentication.kubernetes.io/credential-id"));
    }

    @Test
    void browserSendsItsTokenAsASubprotocol() throws Exception {
        var encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(token().getBytes(StandardCharsets.US_ASCII));
        var request = get().with("Sec-WebSocket-Protocol", "v5.channel.k8s.io, base64url.bearer.authorization.k8s.io." + encoded);
        assertEquals("system:serviceaccount:home:robot", filters.user(request).name());
        assertEquals(401, filters.status(get().with("Sec-WebSocket-Protocol", "base64url.bearer.authorization.k8s.io.%%%")));
    }

    @Test
    void sessionsOfAnotherRoomAreAskedToo() throws Exception {
        assertEquals(List.of("family", "system:authenticated"), filters.user(get().with("Authorization", "Bearer session-1")).groups());
    }

    @Test
    void wrongTokensAre401WithoutDetails() throws Exception {
        for (var wrong : List.of("nonsense", token() + "x", "..", "a".repeat(20_000), token(Optional.empty(), List.of("vault")))) {
            var refusal = filters.refusal(get().with("Authorization", "Bearer " + wrong));
            assertEquals("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":\"Unauthorized\","
                    + "\"reason\":\"Unauthorized\",\"code\":401}",
                    refusal.toString());
        }
    }

    @Test
    void tokenEndsWithItsTime() throws Exception {
        var token = token();
        assertEquals(200, status(token));
        clock.advance(Duration.ofHours(1));
        assertEquals(401, status(token));
        clock.advance(Duration.ofHours(2).negated());
        assertEquals(401, status(token), "before its time");
    }

    @Test
    void tokenEndsWithItsAccountAndIsNotGoodForANewOneOfThatName() throws Exception {
        var token = token();
        assertEquals(200, status(token));
        var key = "/registry/core/serviceaccounts/home/robot";
        store.delete(key, store.snapshot().get(key).orElseThrow().revision(), Durability.DURABLE);
        assertEquals(401, status(token));
        put("serviceaccounts/home/robot", "{\"metadata\":{\"uid\":\"sa-2\",\"resourceVersion\":\"");
        assertEquals(401, status(token));
    }

    @Test
    void tokenEndsWithItsPodAMinuteAfterDeletionBegan() throws Exception {
        var token = token(Optional.of(pod("pod-1")), List.of(ISSUER));
        assertEquals(401, status(token(Optional.of(pod("pod-0")), List.of(ISSUER))), "an earlier pod of that name");
        put("pods/home/p", "{\"metadata\":{\"uid\":\"pod-1\",\"deletionTimestamp\":\"2026-05-01T12:00:00Z\",\"resourceVersion\":\"");
        assertEquals(200, status(token));
        clock.advance(Duration.ofSeconds(60));
        assertEquals(401, status(token));
    }

    @Test
    void tokenOfAnotherHomeIsRefused(@TempDir Path elsewhere) throws Exception {
        var foreign = new ServiceAccountTokens(TokenKeys.open(elsewhere, "token", random), ISSUER, store, clock);
        assertEquals(401, status(foreign.sign(new ServiceAccountClaims(ROBOT, "sa-1", Optional.empty(), List.of(ISSUER), clock.instant(),
                clock.instant().plusSeconds(600), "x"))));
    }

    @Test
    void tokenOfAnotherIssuerWithOurKeyIsRefused() throws Exception {
        var other = new ServiceAccountTokens(TokenKeys.open(directory.resolve("pki"), "token", random), "https://elsewhere", store, clock);
        assertEquals(401, status(other.sign(new ServiceAccountClaims(ROBOT, "sa-1", Optional.empty(), List.of(ISSUER), clock.instant(),
                clock.instant().plusSeconds(600), "x"))));
    }
}
