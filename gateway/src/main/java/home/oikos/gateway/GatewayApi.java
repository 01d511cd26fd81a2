package home.oikos.gateway;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.http.Handler;
import home.oikos.http.Request;
import home.oikos.http.Response;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.List;
import java.util.stream.Collectors;

/// `gateway.oikos.home/v1alpha1` (DESIGN 4.14): a table of what a CRD cannot offer. The API server has authenticated and authorised each request by
/// ordinary RBAC; this finds its line in the table and turns what goes wrong into the API's own answers.
public final class GatewayApi implements Handler {
    public static final String GROUP = "gateway.oikos.home";
    public static final String VERSION = "v1alpha1";
    /// "", apis, group, version, namespaces, NS, plural, NAME, subresource
    private static final int PATH_PARTS = 9;

    private final List<ServedResource> table;

    public GatewayApi(List<ServedResource> table) {
        this.table = List.copyOf(table);
    }

    /// The APIResourceList of the group version.
    public JsonObject resources() {
        return JsonObject.of("kind", "APIResourceList", "apiVersion", "v1", "groupVersion", GROUP + "/" + VERSION,
                "resources", new JsonArray(table.stream().<Json>map(ServedResource::listed).toList()));
    }

    @Override
    public void handle(Request request, Response response) throws Exception {
        try {
            answer(request, response);
        } catch (IllegalArgumentException | DateTimeException wrong) {
            fail(response, 400, "BadRequest", wrong.getMessage());
        } catch (ApiException refused) {
            if (response.isAnswered()) throw refused;
            response.send(refused.code(), "application/json", refused.status().toJson().bytes());
        }
    }

    private void answer(Request request, Response response) throws Exception {
        var parts = request.path().split("/");
        if (parts.length != PATH_PARTS || !parts[4].equals("namespaces")) {
            fail(response, 404, "NotFound", "no such resource");
            return;
        }
        var asked = table.stream().filter(line -> line.plural().equals(parts[6]) && line.subresource().equals(parts[8])).findFirst();
        if (asked.isEmpty()) fail(response, 404, "NotFound", unknown(parts[6], parts[8]));
        else if (asked.get().verb(request.method()).isEmpty()) fail(response, 405, "MethodNotAllowed", spoken(asked.get()));
        else {
            request.attribute(ObjectKey.class, new ObjectKey(decoded(parts[5]), decoded(parts[7])));
            asked.get().handler().handle(request, response);
        }
    }

    private static String spoken(ServedResource line) {
        return "%s of %s is asked with %s".formatted(line.subresource(), line.plural(), line.methods());
    }

    private String unknown(String plural, String subresource) {
        var known = table.stream().filter(line -> line.plural().equals(plural)).map(ServedResource::subresource).collect(Collectors.joining(" and "));
        if (known.isEmpty()) return "nothing is served of " + Words.shortened(plural);
        return "%s have %s; found %s".formatted(plural, known, Words.shortened(subresource));
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part, StandardCharsets.UTF_8);
    }

    private static void fail(Response response, int code, String reason, String message) {
        response.send(code, "application/json", JsonObject.of("kind", "Status", "apiVersion", "v1", "metadata", JsonObject.EMPTY, "status", "Failure",
                "message", message, "reason", reason, "code", code).bytes());
    }
}
