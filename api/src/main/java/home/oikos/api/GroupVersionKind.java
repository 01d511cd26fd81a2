package home.oikos.api;

/// The type of an object, as its `apiVersion` and `kind` name it.
public record GroupVersionKind(String group, String version, String kind) {
    /// What an object says of itself; empty names where it says nothing.
    public static GroupVersionKind of(Json object) {
        return GroupVersion.parse(object.at("apiVersion").text("")).kind(object.at("kind").text(""));
    }

    public GroupVersion groupVersion() {
        return new GroupVersion(group, version);
    }

    /// The value of an object's `apiVersion`.
    public String apiVersion() {
        return groupVersion().toString();
    }

    /// As Kubernetes writes it in messages: `apps/v1, Kind=Deployment`, and `/v1, Kind=Pod` without a group.
    @Override
    public String toString() {
        return group + "/" + version + ", Kind=" + kind;
    }
}
