package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a ServiceAccount token says, in Kubernetes' claims.
/// @param account whose it is
/// @param accountUid that of the account when the token was made: a new account of the same name is another
/// @param bound the object whose end is also the token's
/// @param id of the token itself
record ServiceAccountClaims(ServiceAccountName account, String accountUid, Optional<BoundObject> bound, List<String> audiences,
        Instant issuedAt,
        Instant expiresAt, String id) {
    private static final String PRIVATE = "kubernetes.io";
    private static final String EXTRA = "authentication.kubernetes.io/";

    ServiceAccountClaims {
        audiences = List.copyOf(audiences);
    }

    /// @param nodeName where a bound pod runs; empty when it is not bound to a machine, or no pod
    record BoundObject(String kind, String name, String uid, String nodeName, String nodeUid) {
        private String claim() {
            return kind.toLowerCase(Locale.ROOT);
        }
    }

    JsonObject json(String issuer) {
        var kubernetes = JsonObject.of("namespace", account.namespace());
        if (bound.isPresent()) {
            var object = bound.get();
            if (!object.nodeName.isEmpty()) kubernetes = kubernetes.with("node", JsonObject.of("name", object.nodeName, "uid",
                    present(object.nodeUid)));
            kubernetes = kubernetes.with(object.claim(), JsonObject.of("name", object.name, "uid", object.uid));
        }
        kubernetes = kubernetes.with("serviceaccount", JsonObject.of("name", account.name(), "uid", accountUid));
        return JsonObject.of("aud", audiences, "exp", expiresAt.getEpochSecond(), "iat", issuedAt.getEpochSecond(), "iss", issuer, "jti",
                id,
                PRIVATE, kubernetes, "nbf", issuedAt.getEpochSecond(), "sub", account.user());
    }

    private static String present(String text) {
        return text.isEmpty() ? null : text;
    }

    /// @return empty when the issuer is not ours or the claims are not those of a ServiceAccount
    static Optional<ServiceAccountClaims> of(Json claims, String issuer) {
        var kubernetes = claims.at(PRIVATE);
        var account = ServiceAccountName.ofUser(claims.at("sub").text(""));
        var expires = claims.at("exp").integer(-1L);
        if (!claims.at("iss").text("").equals(issuer) || account.isEmpty() || expires < 0) return Optional.empty();
        if (!kubernetes.at("namespace").text("").equals(account.get().namespace())
                || !kubernetes.at("serviceaccount", "name").text("").equals(account.get().name())) return Optional.empty();
        return Optional.of(new ServiceAccountClaims(account.get(), kubernetes.at("serviceaccount", "uid").text(""), bound(kubernetes),
                RbacRule.texts(claims.at("aud")), Instant.ofEpochSecond(claims.at("nbf").integer(0L)), Instant.ofEpochSecond(expires),
                claims.at("jti").text("")));
    }

    private static Optional<BoundObject> bound(Json kubernetes) {
        for (var kind : List.of("Pod", "Secret", "Node")) {
            var object = kubernetes.at(kind.toLowerCase(Locale.ROOT));
            if (object.isNull()) continue;
            var node = kind.equals("Pod") ? kubernetes.at("node") : Json.NULL;
            return Optional.of(new BoundObject(kind, object.at("name").text(""), object.at("uid").text(""), node.at("name").text(""),
                    node.at("uid").text("")));
        }
        return Optional.empty();
    }

    /// Whether it is good at that instant, clocks being this far apart.
    boolean isCurrent(Instant now, Duration skew) {
        return now.isBefore(expiresAt) && !now.isBefore(issuedAt.minus(skew));
    }

    User user() {
        var extra = new LinkedHashMap<String, List<String>>();
        if (!id.isEmpty()) extra.put(EXTRA + "credential-id", List.of("JTI=" + id));
        bound.ifPresent(object -> describe(object, extra));
        return new User(account.user(), accountUid, account.groups(), extra);
    }

    private static void describe(BoundObject object, Map<String, List<String>> extra) {
        if (object.kind.equals("Pod")) {
            extra.put(EXTRA + "pod-name", List.of(object.name));
            extra.put(EXTRA + "pod-uid", List.of(object.uid));
            if (!object.nodeName.isEmpty()) extra.put(EXTRA + "node-name", List.of(object.nodeName));
            if (!object.nodeUid.isEmpty()) extra.put(EXTRA + "node-uid", List.of(object.nodeUid));
        } else if (object.kind.equals("Node")) {
            extra.put(EXTRA + "node-name", List.of(object.name));
            extra.put(EXTRA + "node-uid", List.of(object.uid));
        }
    }

    List<String> audiencesAmong(List<String> wanted) {
        var found = new ArrayList<>(wanted);
        found.retainAll(audiences);
        return found;
    }
}
