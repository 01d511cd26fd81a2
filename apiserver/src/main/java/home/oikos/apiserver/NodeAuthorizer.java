package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.store.Store;
import java.util.List;
import java.util.Set;

/// Lets a node do its work: what the ClusterRole `system:node` says, but secrets, config maps and tokens only for pods that run on it.
/// It has no opinion of other users and of what the role does not say.
final class NodeAuthorizer implements Authorizer {
    static final String GROUP = "system:nodes";
    static final String USER_PREFIX = "system:node:";
    private static final String ROLE = "system:node";
    private static final Set<String> BY_POD = Set.of("secrets", "configmaps", "persistentvolumeclaims", "serviceaccounts");

    private final RbacView view;
    private final Store store;

    NodeAuthorizer(RbacView view, Store store) {
        this.view = view;
        this.store = store;
    }

    /// The node a user is; empty when it is none.
    static String node(User user) {
        return user.groups().contains(GROUP) && user.name().startsWith(USER_PREFIX) ? user.name().substring(USER_PREFIX.length()) : "";
    }

    @Override
    public Authorization authorize(User user, ApiCall call) {
        var node = node(user);
        if (node.isEmpty() || !isInRole(call)) return Authorization.REFUSED;
        var byPod = call.group().isEmpty() && BY_POD.contains(call.resource());
        if (!byPod || isUsed(node, call)) return Authorization.ALLOWED;
        return new Authorization(false, "no relationship found between node '%s' and this object".formatted(node));
    }

    private boolean isInRole(ApiCall call) {
        var rules = view.rules("ClusterRole", "", ROLE);
        return rules != null && rules.stream().anyMatch(rule -> rule.matches(call));
    }

    private boolean isUsed(String node, ApiCall call) {
        if (call.name().isEmpty() || call.namespace().isEmpty()) return false;
        var found = new boolean[1];
        var prefix = "/registry/core/pods/" + call.namespace() + "/";
        store.snapshot().range(prefix, prefix, entry -> {
            var spec = Json.parse(entry.value()).at("spec");
            found[0] = spec.at("nodeName").text("").equals(node) && uses(spec, call.resource(), call.name());
            return !found[0];
        });
        return found[0];
    }

    private static boolean uses(Json spec, String resource, String name) {
        return switch (resource) {
            case "serviceaccounts" -> spec.at("serviceAccountName").text("default").equals(name);
            case "persistentvolumeclaims" -> spec.at("volumes").array().stream().anyMatch(v -> v.at("persistentVolumeClaim",
                    "claimName").text("").equals(name));
            case "secrets" -> isNamed(spec, name, "secret", "secretName", "secretRef", "secretKeyRef")
                    || spec.at("imagePullSecrets").array().stream().anyMatch(s -> s.at("name").text("").equals(name));
            default -> isNamed(spec, name, "configMap", "name", "configMapRef", "configMapKeyRef");
        };
    }

    private static boolean isNamed(Json spec, String name, String volume, String volumeName, String from, String key) {
        var inVolumes = spec.at("volumes").array().stream().anyMatch(each -> each.at(volume, volumeName).text("").equals(name)
                || each.at("projected", "sources").array().stream().anyMatch(source -> source.at(volume, "name").text("").equals(name)));
        if (inVolumes) return true;
        for (var member : List.of("containers", "initContainers", "ephemeralContainers")) for (var container : spec.at(member).array()) {
            if (container.at("envFrom").array().stream().anyMatch(each -> each.at(from, "name").text("").equals(name))) return true;
            if (container.at("env").array().stream().anyMatch(each -> each.at("valueFrom", key, "name").text("").equals(name))) return true;
        }
        return false;
    }
}
