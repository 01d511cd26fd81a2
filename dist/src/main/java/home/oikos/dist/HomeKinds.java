package home.oikos.dist;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.Yaml;
import home.oikos.client.ApiClient;
import home.oikos.client.Resource;
import home.oikos.client.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What a home has beside what every cluster has: its kinds, its namespaces, the account that automation acts as.
final class HomeKinds {
    private static final List<String> KINDS = List.of("DeviceModel", "Device", "Interlock", "Reaction", "Scaler");
    private static final Resource ROLES = Resource.namespaced("rbac.authorization.k8s.io/v1", "roles", "Role");
    private static final Resource ROLE_BINDINGS = Resource.namespaced("rbac.authorization.k8s.io/v1", "rolebindings", "RoleBinding");

    private final ApiClient client;

    HomeKinds(ApiClient client) {
        this.client = client.fieldManager("oikos-home");
    }

    void apply() throws IOException {
        for (var kind : KINDS) client.apply(Resources.CUSTOM_RESOURCE_DEFINITIONS, manifest(kind), true);
        namespace(HomeServer.NAMESPACE);
        namespace("home");
        automation();
    }

    private static Json manifest(String kind) throws IOException {
        try (var in = Yaml.class.getResourceAsStream("/crd/" + kind + ".yaml")) {
            if (in == null) throw new IOException("the manifest of " + kind + " is not in this build");
            return Yaml.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private void namespace(String name) {
        client.apply(Resources.NAMESPACES, JsonObject.of("apiVersion", "v1", "kind", "Namespace", "metadata", JsonObject.of("name", name)), true);
    }

    /// Reactions and Scalers act as this account unless they name another: home kinds and scaling in the namespace home, nothing else.
    private void automation() {
        var metadata = JsonObject.of("name", "automation", "namespace", "home");
        client.apply(Resources.SERVICE_ACCOUNTS, JsonObject.of("apiVersion", "v1", "kind", "ServiceAccount", "metadata", metadata), true);
        var all = List.of("get", "list", "watch", "create", "update", "patch", "delete");
        var rules = List.of(JsonObject.of("apiGroups", List.of("oikos.home"), "resources", List.of("*"), "verbs", all),
                JsonObject.of("apiGroups", List.of("apps"), "resources", List.of("deployments", "statefulsets", "deployments/scale", "statefulsets/scale"),
                        "verbs", List.of("get", "list", "watch", "patch", "update")),
                JsonObject.of("apiGroups", List.of("batch"), "resources", List.of("jobs"), "verbs", all),
                JsonObject.of("apiGroups", List.of(""), "resources", List.of("events"), "verbs", List.of("create", "patch")));
        client.apply(ROLES, JsonObject.of("apiVersion", ROLES.apiVersion(), "kind", "Role", "metadata", metadata, "rules", rules), true);
        var roleRef = JsonObject.of("apiGroup", "rbac.authorization.k8s.io", "kind", "Role", "name", "automation");
        var subjects = List.of(JsonObject.of("kind", "ServiceAccount", "name", "automation", "namespace", "home"));
        client.apply(ROLE_BINDINGS, JsonObject.of("apiVersion", ROLES.apiVersion(), "kind", "RoleBinding", "metadata", metadata, "roleRef", roleRef,
                "subjects", subjects), true);
    }

    /// @return whether the API already knows the home kinds, as after a restart
    boolean isThere() {
        try {
            return KINDS.size() == client.list(Resources.CUSTOM_RESOURCE_DEFINITIONS, "").stream()
                    .filter(found -> found.at("spec", "group").text("").equals("oikos.home")).count();
        } catch (ApiException notYet) {
            return false;
        }
    }
}
