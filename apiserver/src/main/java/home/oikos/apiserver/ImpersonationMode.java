package home.oikos.apiserver;

import java.util.ArrayList;
import java.util.List;

/// One way in which RBAC may allow impersonation. The constrained ones (KEP-5284) allow to be somebody for certain calls only, the legacy
/// one for all.
enum ImpersonationMode {
    /// Only the node on which the requestor's own pod runs.
    ASSOCIATED_NODE("associated-node"), ARBITRARY_NODE("arbitrary-node"), SERVICE_ACCOUNT("serviceaccount"), USER_INFO("user-info"),
            LEGACY("");

    private final String word;

    ImpersonationMode(String word) {
        this.word = word;
    }

    boolean appliesTo(Impersonation asked, User requestor) {
        return switch (this) {
            case ASSOCIATED_NODE -> asked.isUserAlone() && asked.node().isPresent()
                    && ServiceAccountName.ofUser(requestor.name()).isPresent()
                    && requestor.extra().getOrDefault("authentication.kubernetes.io/node-name",
                    List.of()).equals(List.of(asked.node().get()));
            case ARBITRARY_NODE -> asked.isUserAlone() && asked.node().isPresent();
            case SERVICE_ACCOUNT -> asked.isUserAlone() && asked.serviceAccount().isPresent();
            case USER_INFO -> asked.node().isEmpty() && asked.serviceAccount().isEmpty();
            case LEGACY -> true;
        };
    }

    /// What the requestor must be allowed, in the order in which it is asked.
    List<ApiCall> checks(Impersonation asked, ApiCall call) {
        var checks = new ArrayList<ApiCall>();
        if (this != LEGACY) checks.add(call.withVerb("impersonate-on:" + word + ":" + call.verb()));
        checks.add(userCheck(asked));
        if (!asked.uid().isEmpty()) checks.add(check("authentication.k8s.io", "uids", "", "", asked.uid()));
        for (var group : asked.groups()) checks.add(check(identityGroup(), "groups", "", "", group));
        asked.extra().forEach((key, values) -> {
            for (var value : values) checks.add(check("authentication.k8s.io", "userextras", key, "", value));
        });
        return checks;
    }

    /// Why this mode refuses whatever the rules say; empty when it does not. Nobody becomes a master by a constrained right.
    String forbidden(Impersonation asked) {
        if (this == LEGACY) return "";
        if (asked.groups().contains("")) return "impersonating the empty string group is not allowed";
        return asked.groups().contains(RbacAuthorizer.MASTERS) ? "impersonating the system:masters group is not allowed" : "";
    }

    private ApiCall userCheck(Impersonation asked) {
        var account = asked.serviceAccount();
        if (account.isPresent()) return check(identityGroup(), "serviceaccounts", "", account.get().namespace(), account.get().name());
        if (this == ASSOCIATED_NODE) return check(identityGroup(), "nodes", "", "", "*");
        if (this == ARBITRARY_NODE) return check(identityGroup(), "nodes", "", "", asked.node().orElseThrow());
        return check(identityGroup(), "users", "", "", asked.user());
    }

    ApiCall groupsCheck() {
        return check(identityGroup(), "groups", "", "", "");
    }

    /// Legacy rules name users, groups and serviceaccounts in the core group.
    private String identityGroup() {
        return this == LEGACY ? "" : "authentication.k8s.io";
    }

    private ApiCall check(String group, String resource, String subresource, String namespace, String name) {
        var verb = this == LEGACY ? "impersonate" : "impersonate:" + word;
        return new ApiCall(true, verb, "", group, "v1", namespace, resource, subresource, name);
    }
}
