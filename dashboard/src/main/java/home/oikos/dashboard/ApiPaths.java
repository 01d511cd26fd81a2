package home.oikos.dashboard;

import java.util.List;

/// Which paths belong to the API, and which of them a browser may not use.
final class ApiPaths {
    private static final List<String> ROOTS = List.of("/api", "/apis", "/version", "/openapi");
    /// As in `api/v1/namespaces/NAME/pods/NAME/proxy` and `api/v1/nodes/NAME/proxy`.
    private static final int NAMESPACED_SUBRESOURCE = 6;
    private static final int CLUSTER_SUBRESOURCE = 4;

    private ApiPaths() { }

    static boolean isApi(String path) {
        return ROOTS.stream().anyMatch(root -> path.equals(root) || path.startsWith(root + "/"));
    }

    /// What a container or a node serves would run as a page of this origin, with its visitor's rights. A path with escapes is refused
    /// altogether, since whoever takes them away later would see another path than we; no name that the page uses needs any.
    static boolean isRefused(String path) {
        return path.contains("%") || path.contains("//") || path.contains("/.") || isProxy(path.substring(1).split("/"));
    }

    private static boolean isProxy(String[] parts) {
        if (!parts[0].equals("api") || parts.length <= 2) return false;
        int subresource = parts[2].equals("namespaces") ? NAMESPACED_SUBRESOURCE : CLUSTER_SUBRESOURCE;
        return parts[2].equals("proxy") || parts.length > subresource && parts[subresource].equals("proxy");
    }
}
