package home.oikos.apiserver;

import home.oikos.api.GroupVersion;
import home.oikos.api.JsonObject;
import java.io.IOException;
import java.util.List;

/// What every cluster has from its first moment on; created where it is absent.
final class Bootstrap {
    private static final List<String> NAMESPACES = List.of("kube-system", "default", "kube-public", "kube-node-lease");

    private final Registry registry;
    private final Resources resources;
    private final List<LocalApi> locals;

    Bootstrap(Registry registry, Resources resources, List<LocalApi> locals) {
        this.registry = registry;
        this.resources = resources;
        this.locals = locals;
    }

    void run() throws IOException {
        for (var name : NAMESPACES) ensure(GroupVersion.CORE, "namespaces", "", JsonObject.of("metadata", JsonObject.of("name", name)));
        priority("system-cluster-critical", 2_000_000_000,
                "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.");
        priority("system-node-critical", 2_000_001_000, "Used for system critical pods that must not be moved from their current node.");
        for (var groupVersion : resources.groupVersions()) apiService(groupVersion);
        for (var local : locals) apiService(new GroupVersion(local.group(), local.version()));
    }

    private void priority(String name, int value, String description) throws IOException {
        ensure(new GroupVersion("scheduling.k8s.io", "v1"), "priorityclasses", "",
                JsonObject.of("metadata", JsonObject.of("name", name), "value", value,
                "description", description));
    }

    /// The numbers order groups and versions for clients that show them; ours are as upstream's for core, and one for all others.
    private void apiService(GroupVersion served) throws IOException {
        var spec = JsonObject.of("group", served.group().isEmpty() ? null : served.group(), "version", served.version(),
                "groupPriorityMinimum", served.group().isEmpty() ? 18_000 : 17_000, "versionPriority", 15);
        var metadata = JsonObject.of("name", served.version() + "." + served.group(), "labels",
                JsonObject.of("kube-aggregator.kubernetes.io/automanaged", "onstart"));
        ensure(new GroupVersion("apiregistration.k8s.io", "v1"), "apiservices", "", JsonObject.of("metadata", metadata, "spec", spec));
    }

    private void ensure(GroupVersion groupVersion, String plural, String namespace, JsonObject object) throws IOException {
        var resource = resources.find(groupVersion, plural).orElseThrow();
        var name = object.at("metadata", "name").text("");
        if (registry.find(resource, namespace, name).isPresent()) return;
        registry.create(WriteCall.system(resource, namespace, name),
                JsonObject.of("kind", resource.kind().kind(), "apiVersion", resource.kind().apiVersion()).withAll(object));
    }
}
