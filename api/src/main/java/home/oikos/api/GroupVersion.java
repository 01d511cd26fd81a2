package home.oikos.api;

/// A group and a version of it; the group of the oldest kinds is empty. Written as in `apiVersion`: `apps/v1`, or just `v1`.
public record GroupVersion(String group, String version) {
    public static final GroupVersion CORE = new GroupVersion("", "v1");

    /// @throws IllegalArgumentException when there is more than one slash
    public static GroupVersion parse(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        if (slash != apiVersion.lastIndexOf('/')) throw new IllegalArgumentException("unexpected GroupVersion string: " + apiVersion);
        return slash < 0 ? new GroupVersion("", apiVersion)
                : new GroupVersion(apiVersion.substring(0, slash), apiVersion.substring(slash + 1));
    }

    public GroupVersionKind kind(String kind) {
        return new GroupVersionKind(group, version, kind);
    }

    public GroupVersionResource resource(String plural) {
        return new GroupVersionResource(group, version, plural);
    }

    @Override
    public String toString() {
        return group.isEmpty() ? version : group + "/" + version;
    }
}
