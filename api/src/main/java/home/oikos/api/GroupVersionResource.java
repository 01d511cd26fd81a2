package home.oikos.api;

/// The collection in which objects of a kind are served.
public record GroupVersionResource(String group, String version, String resource) {
    public GroupVersion groupVersion() {
        return new GroupVersion(group, version);
    }

    /// The path of the collection in all namespaces, or of a cluster-scoped one: `/apis/apps/v1/deployments`, `/api/v1/nodes`.
    public String path() {
        return root() + "/" + resource;
    }

    /// The path of the collection in one namespace.
    public String path(String namespace) {
        return root() + "/namespaces/" + namespace + "/" + resource;
    }

    private String root() {
        return group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
    }

    /// `deployments.apps`, and `pods` without a group.
    public String qualified() {
        return group.isEmpty() ? resource : resource + "." + group;
    }

    @Override
    public String toString() {
        return group + "/" + version + ", Resource=" + resource;
    }
}
