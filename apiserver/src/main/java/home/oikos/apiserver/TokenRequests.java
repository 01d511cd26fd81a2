package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.FieldError;
import home.oikos.api.GroupVersion;
import home.oikos.api.GroupVersionResource;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.Reason;
import home.oikos.store.Snapshot;
import home.oikos.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Makes ServiceAccounts' tokens: the `token` subresource. A token can be bound to a pod, a secret or a node of the API, and ends with it.
final class TokenRequests {
    private static final long EXPIRATION_SECONDS_DEFAULT = 3_600;
    private static final long EXPIRATION_SECONDS_MIN = 600;
    /// A token that outlives a year is a password nobody remembers; a longer wish is shortened, and the answer says to what. One that is bound
    /// to a Secret is there to be seen, and ends with it.
    private static final long EXPIRATION_SECONDS_MAX = Duration.ofDays(365).toSeconds();

    private final ServiceAccountTokens tokens;
    private final List<String> audiences;
    private final Store store;
    private final Clock clock;
    private final RandomGenerator random;

    /// @param audiences whom a token is for when the request does not say
    TokenRequests(ServiceAccountTokens tokens, List<String> audiences, Store store, Clock clock, RandomGenerator random) {
        this.tokens = tokens;
        this.audiences = List.copyOf(audiences);
        this.store = store;
        this.clock = clock;
        this.random = random;
    }

    JsonObject create(JsonObject request, ServiceAccountName account) {
        var now = store.snapshot();
        var object = find(now, "serviceaccounts", account.namespace(), account.name());
        var spec = request.at("spec");
        var wished = spec.at("expirationSeconds").integer(EXPIRATION_SECONDS_DEFAULT);
        check(wished);
        var bound = bound(now, account, spec.at("boundObjectRef"));
        boolean ofSecret = bound.filter(to -> to.kind().equals("Secret")).isPresent();
        var granted = ofSecret ? wished : Math.min(wished, EXPIRATION_SECONDS_MAX);
        var named = RbacRule.texts(spec.at("audiences"));
        var issued = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var claims = new ServiceAccountClaims(account, object.at("metadata", "uid").text(""), bound, named.isEmpty() ? audiences : named,
                issued,
                issued.plusSeconds(granted), new UUID(random.nextLong() & ~0xf000L | 0x4000L,
                        random.nextLong() >>> 2 | 1L << 63).toString());
        return answer(request, account, claims, granted);
    }

    private JsonObject answer(JsonObject request, ServiceAccountName account, ServiceAccountClaims claims, long granted) {
        return JsonObject.of("kind", "TokenRequest", "apiVersion", "authentication.k8s.io/v1",
                "metadata", JsonObject.of("name", account.name(), "namespace", account.namespace(), "creationTimestamp",
                        claims.issuedAt().toString()),
                "spec", JsonObject.of("audiences", claims.audiences(), "expirationSeconds", granted)
                        .with("boundObjectRef", request.at("spec", "boundObjectRef")),
                "status", JsonObject.of("token", tokens.sign(claims), "expirationTimestamp", claims.expiresAt().toString()));
    }

    private static void check(long seconds) {
        var field = "spec.expirationSeconds";
        FieldError wrong = null;
        if (seconds < EXPIRATION_SECONDS_MIN) wrong = FieldError.invalid(field, seconds, "may not specify a duration less than 10 minutes");
        if (seconds > 1L << 32) wrong = FieldError.invalid(field, seconds, "may not specify a duration larger than 2^32 seconds");
        if (wrong != null) throw new ApiException(ApiStatus.invalid("authentication.k8s.io", "TokenRequest", "", List.of(wrong)));
    }

    private static GroupVersionResource core(String resource) {
        return new GroupVersionResource(GroupVersion.CORE.group(), GroupVersion.CORE.version(), resource);
    }

    private static Json find(Snapshot now, String resource, String namespace, String name) {
        var key = "/registry/core/" + resource + "/" + (namespace.isEmpty() ? name : namespace + "/" + name);
        return now.get(key).map(entry -> Json.parse(entry.value())).orElseThrow(() -> new ApiException(ApiStatus.notFound(core(resource),
                name)));
    }

    private Optional<ServiceAccountClaims.BoundObject> bound(Snapshot now, ServiceAccountName account, Json reference) {
        if (reference.isNull()) return Optional.empty();
        var name = reference.at("name").text("");
        if (!reference.at("apiVersion").text("").equals("v1")) throw unbindable(reference);
        return Optional.of(switch (reference.at("kind").text("")) {
            case "Pod" -> pod(now, account, reference, name);
            case "Secret" -> other(find(now, "secrets", account.namespace(), name), reference, "secrets");
            case "Node" -> other(find(now, "nodes", "", name), reference, "nodes");
            default -> throw unbindable(reference);
        });
    }

    private static ApiException unbindable(Json reference) {
        return new ApiException(Reason.BAD_REQUEST, "cannot bind token to object of type %s, Kind=%s", reference.at("apiVersion").text(""),
                reference.at("kind").text(""));
    }

    private static ServiceAccountClaims.BoundObject pod(Snapshot now, ServiceAccountName account, Json reference, String name) {
        var pod = find(now, "pods", account.namespace(), name);
        if (!pod.at("spec", "serviceAccountName").text("default").equals(account.name())) {
            throw new ApiException(Reason.BAD_REQUEST,
                    "cannot bind token for serviceaccount \"%s\" to pod running with different serviceaccount name.", account.name());
        }
        var uid = checkedUid(pod, reference, "pods");
        var node = pod.at("spec", "nodeName").text("");
        var nodeUid = node.isEmpty() ? "" : now.get("/registry/core/nodes/" + node).map(e -> Json.parse(e.value()).at("metadata",
                "uid").text("")).orElse("");
        return new ServiceAccountClaims.BoundObject("Pod", name, uid, node, nodeUid);
    }

    private static ServiceAccountClaims.BoundObject other(Json object, Json reference, String resource) {
        return new ServiceAccountClaims.BoundObject(reference.at("kind").text(""), reference.at("name").text(""), checkedUid(object,
                reference, resource), "", "");
    }

    private static String checkedUid(Json object, Json reference, String resource) {
        var uid = object.at("metadata", "uid").text("");
        var wanted = reference.at("uid").text("");
        if (wanted.isEmpty() || wanted.equals(uid)) return uid;
        throw new ApiException(ApiStatus.conflict(core(resource), reference.at("name").text(""),
                "the UID in the bound object reference (" + wanted
                        + ") does not match the UID in record. The object might have been deleted"
                        + " and then recreated"));
    }
}
