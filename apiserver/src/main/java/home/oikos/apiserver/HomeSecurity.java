package home.oikos.apiserver;

import home.oikos.api.JsonObject;
import home.oikos.http.AccessFilter;
import home.oikos.http.Filter;
import home.oikos.pki.CertificateAuthority;
import home.oikos.pki.TokenKeys;
import home.oikos.store.Store;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The security of a home: certificates of its CA, ServiceAccount tokens, sessions, RBAC, node rights, reviews, audit. Opened on the
/// store before the API server starts, closed after it.
public final class HomeSecurity implements Security {
    /// Issuer of tokens, and whom a token is for when nothing is said.
    public static final String ISSUER = "https://kubernetes.default.svc";
    private static final List<String> AUDIENCES = List.of(ISSUER);

    private final Parts parts;
    private final Store store;
    private final RbacView view = new RbacView();
    private final RbacFollower follower;
    private final Authorizer authorizer;
    private final ServiceAccountTokens tokens;
    private final BearerAuthenticator bearers;
    private RbacGathering gathering;

    /// What it is made of.
    /// @param sessions other kinds of bearer tokens, such as the dashboard's
    /// @param audit where changes are written down; empty for nowhere
    /// @param random for ids; must be safe for many threads at once
    public record Parts(CertificateAuthority authority, TokenKeys keys, List<TokenAuthenticator> sessions, Optional<AuditLog> audit,
            Clock clock,
            RandomGenerator random) {
        public Parts {
            sessions = List.copyOf(sessions);
        }
    }

    private HomeSecurity(Store store, Parts parts) {
        this.store = store;
        this.parts = parts;
        follower = RbacFollower.follow(store, view);
        authorizer = new UnionAuthorizer(List.of(new RbacAuthorizer(view), new NodeAuthorizer(view, store)));
        tokens = new ServiceAccountTokens(parts.keys, ISSUER, store, parts.clock);
        var kinds = new ArrayList<TokenAuthenticator>(List.of(tokens));
        kinds.addAll(parts.sessions);
        bearers = new BearerAuthenticator(kinds, AUDIENCES);
    }

    public static HomeSecurity open(Store store, Parts parts) {
        return new HomeSecurity(store, parts);
    }

    /// For rooms that ask before they act, such as the gateway for a device's telemetry.
    public Authorizer authorizer() {
        return authorizer;
    }

    @Override
    public List<Filter> filters() {
        return List.of(new AuthenticationFilter(List.of(new CertificateAuthenticator(parts.authority), bearers)), new FairShare(),
                new ImpersonationFilter(authorizer), new AuthorizationFilter(authorizer), new OpenIdFilter(tokens));
    }

    @Override
    public Optional<Filter> outermost() {
        return parts.audit.map(log -> new AccessFilter(System::nanoTime, new AuditTrail(log, parts.clock, parts.random)));
    }

    @Override
    public List<AdmissionPlugin> plugins() {
        return List.of(new NodeRestriction(), new RbacEscalation(view, authorizer), new SigningRequestAdmission(authorizer, parts.clock),
                new EventRateLimit(parts.clock));
    }

    @Override
    public Map<String, SubresourceHandler> reviews(Decoder decoder) {
        var access = new AccessReviews(authorizer, view);
        var identity = new IdentityReviews(bearers, AUDIENCES, parts.clock);
        var reviews = new LinkedHashMap<String, SubresourceHandler>();
        reviews.put("subjectaccessreviews.authorization.k8s.io", new ReviewHandler(decoder, (review, _, _) -> access.subject(review)));
        reviews.put("localsubjectaccessreviews.authorization.k8s.io", new ReviewHandler(decoder, (review, call, _) -> access.local(review,
                call.namespace())));
        reviews.put("selfsubjectaccessreviews.authorization.k8s.io", new ReviewHandler(decoder, (review, _, user) -> access.self(review,
                user)));
        reviews.put("selfsubjectrulesreviews.authorization.k8s.io", new ReviewHandler(decoder, (review, _, user) -> access.rules(review,
                user)));
        reviews.put("selfsubjectreviews.authentication.k8s.io", new ReviewHandler(decoder, (review, _, user) -> identity.self(review,
                user)));
        reviews.put("tokenreviews.authentication.k8s.io", new ReviewHandler(decoder, (review, _, _) -> identity.token(review)));
        return reviews;
    }

    @Override
    public Map<String, SubresourceHandler> subresources(Decoder decoder) {
        var requests = new TokenRequests(tokens, AUDIENCES, store, parts.clock, parts.random);
        return Map.of("token", new ReviewHandler(decoder, (request, call, _) -> token(requests, request, call)));
    }

    private static JsonObject token(TokenRequests requests, JsonObject request, ApiCall call) {
        return requests.create(request, new ServiceAccountName(call.namespace(), call.name()));
    }

    @Override
    public void started(Registry registry, Resources resources) throws IOException {
        new RbacBootstrap(registry, resources).run(RbacDefaults.builtIn());
        gathering = RbacGathering.start(store, registry, resources);
    }

    @Override
    public void close() throws Exception {
        if (gathering != null) gathering.close();
        follower.close();
    }
}
