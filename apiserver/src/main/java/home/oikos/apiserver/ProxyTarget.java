package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.Reason;

/// What a name before `/proxy` says: `[SCHEME:]NAME[:PORT]`.
/// @param port empty when it is not told; of a Service also a name
record ProxyTarget(boolean tls, String name, String port) {
    static ProxyTarget parse(String text) {
        var parts = text.split(":", -1);
        return switch (parts.length) {
            case 1 -> new ProxyTarget(false, parts[0], "");
            case 2 -> new ProxyTarget(false, parts[0], parts[1]);
            case 3 -> new ProxyTarget(isTls(parts[0], text), parts[1], parts[2]);
            default -> throw invalid(text);
        };
    }

    private static boolean isTls(String scheme, String text) {
        return switch (scheme) {
            case "https" -> true;
            case "http", "" -> false;
            default -> throw invalid(text);
        };
    }

    private static ApiException invalid(String text) {
        return new ApiException(Reason.BAD_REQUEST, "invalid proxy request \"%s\"", text);
    }

    int number(int otherwise) {
        if (port.isEmpty()) return otherwise;
        try {
            return Integer.parseInt(port);
        } catch (NumberFormatException wrong) {
            throw invalid(name + ":" + port);
        }
    }

    /// The first port that a pod's containers tell of.
    static int firstPort(Json pod) {
        for (var container : pod.at("spec", "containers").array()) {
            for (var port : container.at("ports").array()) return port.at("containerPort").integer(0);
        }
        return 80;
    }
}
