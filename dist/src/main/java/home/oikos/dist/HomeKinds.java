package home.oikos.dist;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.Yaml;
import home.oikos.client.ApiClient;
import home.oikos.client.Call;
import home.oikos.client.Resource;
import home.oikos.client.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What a home has beside what every cluster has: its kinds, its namespaces, the account that automation acts as.
final class HomeKinds {
    static final String GROUP_VERSION = "oikos.home/v1alpha1";
    private static final List<String> KINDS = List.of("DeviceModel", "Device", "Interlock", "Reaction", "Scaler",
            "Firmware", "FirmwareRollout", "Fermentation", "EntropySource", "OneTimePassword");
    private static final String RBAC = "rbac.authorization.k8s.io/v1";
    private static final int FORBIDDEN = 403;
    private static final Map<String, Resource> OTHERS = Map.of("Namespace", Resources.NAMESPACES, "ServiceAccount", Resources.SERVICE_ACCOUNTS,
            "Role", Resource.namespaced(RBAC, "roles", "Role"), "RoleBinding", Resource.namespaced(RBAC, "rolebindings", "RoleBinding"));

    private final ApiClient client;

    HomeKinds(ApiClient client) {
        this.client = client.fieldManager("oikos-home");
    }

    void apply() throws IOException {
        for (var kind : KINDS) client.apply(Resources.CUSTOM_RESOURCE_DEFINITIONS, Yaml.parse(read("/crd/" + kind + ".yaml")), true);
        apply("/deploy/home.yaml");
    }

    /// With the rights that the page needs as a user of the API server's own process.
    void applyInOneProcess() throws IOException {
        apply();
        apply("/deploy/page-rights.yaml");
    }

    private void apply(String manifest) throws IOException {
        for (var object : Yaml.parseAll(read(manifest))) client.apply(OTHERS.get(object.at("kind").text("")), object, true);
    }

    /// Applies them where that is allowed; where it is not they must be there already.
    /// @return whether they are there now
    boolean applyIfAllowed() throws IOException {
        try {
            apply();
            return true;
        } catch (ApiException refused) {
            if (refused.code() != FORBIDDEN) throw refused;
            return areServed();
        }
    }

    /// Whether the API knows all of them by now.
    boolean areServed() {
        var answer = client.exchange(Call.of("GET", "/apis/" + GROUP_VERSION));
        if (!answer.isSuccess()) return false;
        var served = Json.parse(answer.body()).at("resources").array().stream().map(each -> each.at("kind").text("")).collect(Collectors.toSet());
        return served.containsAll(KINDS);
    }

    /// Everything that an administrator applies before `oikos home` may run with its own account: kinds, namespaces, rights.
    static String manifests() throws IOException {
        var all = new StringBuilder();
        for (var kind : KINDS) all.append(read("/crd/" + kind + ".yaml")).append("---\n");
        return all.append(read("/deploy/home.yaml")).append("---\n").append(read("/deploy/home-rights.yaml")).toString();
    }

    private static String read(String name) throws IOException {
        try (var in = HomeKinds.class.getResourceAsStream(name)) {
            if (in == null) throw new IOException("the manifest " + name + " is not in this build");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
