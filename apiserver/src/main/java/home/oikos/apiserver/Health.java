package home.oikos.apiserver;

import home.oikos.http.Request;
import home.oikos.http.Response;
import java.util.List;

/// `/healthz`, `/livez` and `/readyz`, alone and with the name of a check.
final class Health {
    private static final List<String> CHECKS = List.of("ping", "log", "etcd", "poststarthook/start-apiextensions-controllers");

    private Health() { }

    static boolean isPath(String path) {
        return path.startsWith("/healthz") || path.startsWith("/livez") || path.startsWith("/readyz");
    }

    static void handle(Request request, Response response, String path) {
        int slash = path.indexOf('/', 1);
        var check = slash < 0 ? "" : path.substring(slash + 1);
        if (!check.isEmpty() && !CHECKS.contains(check)) Answers.noSuchPath(response);
        else if (request.parameter("verbose").isPresent()) Answers.text(response, 200, verbose(path));
        else Answers.text(response, 200, "ok");
    }

    private static String verbose(String path) {
        var text = new StringBuilder();
        for (var check : CHECKS) text.append("[+]").append(check).append(" ok\n");
        return text.append(path.substring(1)).append(" check passed\n").toString();
    }
}
