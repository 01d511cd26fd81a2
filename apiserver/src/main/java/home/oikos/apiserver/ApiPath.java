package home.oikos.apiserver;

import home.oikos.http.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads an [ApiCall] from a request. The grammar is `/api/V/...` and `/apis/G/V/...`, then `namespaces/NS/RESOURCE/NAME/SUB` or
/// `RESOURCE/NAME/SUB`, with an old `watch/` before it; `namespaces` itself is a resource whose objects are their own namespace.
final class ApiPath {
    private static final Set<String> NAMESPACE_SUBRESOURCES = Set.of("status", "finalize");

    private ApiPath() { }

    static ApiCall read(Request request) {
        var parts = decoded(request.path());
        var path = "/" + String.join("/", parts);
        int rest = prefixLength(parts);
        if (rest == 0 || parts.size() <= rest) return nonResource(request, path);
        var group = rest == 3 ? parts.get(1) : "";
        var version = parts.get(rest - 1);
        parts = parts.subList(rest, parts.size());
        var watchPath = parts.getFirst().equals("watch") && parts.size() > 1;
        if (watchPath) parts = parts.subList(1, parts.size());
        return resource(request, path, group, version, parts, watchPath);
    }

    /// How many parts stand before the resource: 2 in /api/v1, 3 in /apis/apps/v1, 0 where no API is meant.
    private static int prefixLength(List<String> parts) {
        return switch (parts.isEmpty() ? "" : parts.getFirst()) {
            case "api" -> 2;
            case "apis" -> 3;
            default -> 0;
        };
    }

    private static ApiCall nonResource(Request request, String path) {
        return new ApiCall(false, request.method().toLowerCase(java.util.Locale.ROOT), path, "", "", "", "", "", "");
    }

    private static ApiCall resource(Request request, String path, String group, String version, List<String> parts, boolean watchPath) {
        var namespace = "";
        if (parts.getFirst().equals("namespaces") && parts.size() > 1) {
            namespace = parts.get(1);
            var isNamespaceItself = parts.size() == 2 || NAMESPACE_SUBRESOURCES.contains(parts.get(2));
            if (!isNamespaceItself) parts = parts.subList(2, parts.size());
        }
        var name = part(parts, 1);
        var verb = watchPath ? "watch" : verb(request, name);
        return new ApiCall(true, verb, path, group, version, namespace, parts.getFirst(), part(parts, 2), name);
    }

    private static String part(List<String> parts, int index) {
        return parts.size() > index ? parts.get(index) : "";
    }

    private static String verb(Request request, String name) {
        return switch (request.method()) {
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> name.isEmpty() ? "deletecollection" : "delete";
            default -> !name.isEmpty() ? "get" : ListParameters.isWatch(request) ? "watch" : "list";
        };
    }

    /// A plus is a plus in a path, unlike in a query.
    private static List<String> decoded(String path) {
        var parts = new ArrayList<String>();
        for (var part : path.split("/")) {
            if (!part.isEmpty()) parts.add(part.indexOf('%') < 0
                    ? part : URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
        }
        return parts;
    }
}
