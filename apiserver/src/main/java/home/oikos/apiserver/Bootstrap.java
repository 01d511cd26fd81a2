package home.oikos.apiserver;

import home.oikos.api.GroupVersion;
import home.oikos.api.JsonObject;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/// What every cluster has from its first moment on; created where it is absent.
final class Bootstrap {
    private static final List<String> NAMESPACES = List.of("kube-system", "default", "kube-public", "kube-node-lease");

    private final Registry registry;
    private final Resources resources;
    private final Clock clock;

    Bootstrap(Registry registry, Resources resources, Clock clock) {
        this.registry = registry;
        this.resources = resources;
        this.clock = clock;
    }

    void run() throws IOException {
        for (var name : NAMESPACES) ensure(GroupVersion.CORE, "namespaces", "", JsonObject.of("metadata", JsonObject.of("name", name)));
    }

    private void ensure(GroupVersion groupVersion, String plural, String namespace, JsonObject object) throws IOException {
        var resource = resources.find(groupVersion, plural).orElseThrow();
        var name = object.at("metadata", "name").text("");
        if (registry.find(resource, namespace, name).isPresent()) return;
        registry.create(WriteCall.system(resource, namespace, name), JsonObject.of("kind", resource.kind().kind(), "apiVersion", resource.kind().apiVersion()).withAll(object));
    }
}
