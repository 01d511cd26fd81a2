package home.oikos.client;

import home.oikos.api.ObjectKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// One kind of the API as a client addresses it: where its objects live and what they are called.
/// @param group empty for the core group
/// @param plural the last part of its paths, as in `pods`
public record Resource(String group, String version, String plural, String kind, boolean namespaced) {
    public static Resource namespaced(String apiVersion, String plural, String kind) {
        return of(apiVersion, plural, kind, true);
    }

    public static Resource clusterScoped(String apiVersion, String plural, String kind) {
        return of(apiVersion, plural, kind, false);
    }

    public static Resource of(String apiVersion, String plural, String kind, boolean namespaced) {
        int slash = apiVersion.indexOf('/');
        return new Resource(apiVersion.substring(0, Math.max(slash, 0)), apiVersion.substring(slash + 1), plural, kind, namespaced);
    }

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /// The path of all objects; of one namespace, or of all when the namespace is empty or the kind is cluster-scoped.
    public String path(String namespace) {
        var root = (group.isEmpty() ? "/api/" : "/apis/" + group + "/") + version;
        return root + (namespaced && !namespace.isEmpty() ? "/namespaces/" + escape(namespace) : "") + "/" + plural;
    }

    /// The path of one object.
    public String path(ObjectKey key) {
        return path(key.namespace()) + "/" + escape(key.name());
    }

    static String escape(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
