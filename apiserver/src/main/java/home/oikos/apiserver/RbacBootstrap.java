package home.oikos.apiserver;

import home.oikos.api.GroupVersion;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;

/// Creates the default roles and bindings where they are absent, and gives back to those that are there what they have lost: a home whose
/// owner deleted a rule
/// by mistake is whole again after a restart. What was added stays. An object annotated with autoupdate "false" is left alone.
final class RbacBootstrap {
    private static final GroupVersion RBAC = new GroupVersion("rbac.authorization.k8s.io", "v1");

    private final Registry registry;
    private final Resources resources;

    RbacBootstrap(Registry registry, Resources resources) {
        this.registry = registry;
        this.resources = resources;
    }

    void run(RbacDefaults defaults) throws IOException {
        for (var role : defaults.roles()) ensure("clusterroles", role, "rules");
        for (var binding : defaults.bindings()) ensure("clusterrolebindings", binding, "subjects");
    }

    private void ensure(String plural, JsonObject wanted, String list) throws IOException {
        var resource = resources.find(RBAC, plural).orElseThrow();
        var name = wanted.at("metadata", "name").text("");
        var write = WriteCall.system(resource, "", name);
        var found = registry.find(resource, "", name);
        if (found.isEmpty()) {
            registry.create(write, JsonObject.of("kind", resource.kind().kind(), "apiVersion",
                    resource.kind().apiVersion()).withAll(wanted));
        } else if (isIncomplete(ObjectBytes.tree(found.get()), wanted, list)) {
            registry.update(write, old -> old.with(list, union(old.at(list), wanted.at(list))));
        }
    }

    private static boolean isIncomplete(JsonObject found, JsonObject wanted, String list) {
        if (found.at("metadata", "annotations", RbacDefaults.AUTOUPDATE).text("").equals("false")) return false;
        return !found.at(list).array().elements().containsAll(wanted.at(list).array().elements());
    }

    private static Json union(Json found, Json wanted) {
        var all = new LinkedHashSet<Json>(found.array().elements());
        all.addAll(wanted.array().elements());
        return Json.of(List.copyOf(all));
    }
}
