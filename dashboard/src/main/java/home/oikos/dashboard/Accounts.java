package home.oikos.dashboard;

import home.oikos.api.ApiException;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.Resource;
import home.oikos.client.Resources;
import java.util.List;

/// The ServiceAccounts that sessions act as, and what they may do. Made where they are absent, mended where they were bent.
final class Accounts {
    /// Where the home keeps what is its own.
    static final String NAMESPACE = "oikos-system";

    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final Resource ROLES = Resource.clusterScoped(RBAC + "/v1", "clusterroles", "ClusterRole");
    private static final Resource BINDINGS = Resource.clusterScoped(RBAC + "/v1", "clusterrolebindings", "ClusterRoleBinding");
    private static final String HOME_READER = "oikos:home-reader";
    private static final List<String> READ = List.of("get", "list", "watch");

    private static final int FORBIDDEN = 403;

    private final ApiClient client;

    Accounts(ApiClient client) {
        this.client = client;
    }

    /// Where the page may not make them, on a cluster of somebody else, whoever installed it has: then they only have to be there.
    void ensure() {
        try {
            make();
        } catch (ApiException refused) {
            if (refused.code() != FORBIDDEN) throw refused;
            for (var role : Role.values()) client.get(Resources.SERVICE_ACCOUNTS, new ObjectKey(NAMESPACE, role.account()));
        }
    }

    private void make() {
        apply(Resources.NAMESPACES, "v1", "Namespace", JsonObject.of("name", NAMESPACE), JsonObject.EMPTY);
        for (var role : Role.values()) apply(Resources.SERVICE_ACCOUNTS, "v1", "ServiceAccount", account(role), JsonObject.EMPTY);
        apply(ROLES, RBAC + "/v1", "ClusterRole", JsonObject.of("name", HOME_READER), JsonObject.of("rules", rules()));
        bind("oikos:owner", "cluster-admin", Role.OWNER);
        bind("oikos:viewer", "view", Role.VIEWER);
        bind("oikos:viewer-of-the-home", HOME_READER, Role.VIEWER);
    }

    private static JsonObject account(Role role) {
        return JsonObject.of("name", role.account(), "namespace", NAMESPACE);
    }

    /// What `view` does not know: the kinds of the home, their readings, and the machine they run on. Bytes of firmware may hold a vendor's secrets
    /// or the password of a radio network: they are not for everybody who sees the home.
    private static JsonArray rules() {
        return JsonArray.of(rule("oikos.home", "*"), rule("gateway.oikos.home", "devices/history", "devices/telemetry", "entropysources/random",
                "entropysources/reading", "entropysources/samples"), rule("", "nodes"), rule("metrics.k8s.io", "*"));
    }

    private static JsonObject rule(String group, String... resources) {
        return JsonObject.of("apiGroups", List.of(group), "resources", List.of(resources), "verbs", READ);
    }

    private void bind(String name, String role, Role to) {
        var subject = JsonObject.of("kind", "ServiceAccount", "name", to.account(), "namespace", NAMESPACE);
        apply(BINDINGS, RBAC + "/v1", "ClusterRoleBinding", JsonObject.of("name", name), JsonObject.of("subjects", List.of(subject),
                "roleRef", JsonObject.of("apiGroup", RBAC, "kind", "ClusterRole", "name", role)));
    }

    private void apply(Resource resource, String apiVersion, String kind, JsonObject metadata, JsonObject rest) {
        client.apply(resource, JsonObject.of("apiVersion", apiVersion, "kind", kind, "metadata", metadata).withAll(rest), true);
    }
}
