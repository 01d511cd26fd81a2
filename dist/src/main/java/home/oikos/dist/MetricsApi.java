package home.oikos.dist;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.apiserver.LabelSelector;
import home.oikos.apiserver.LocalApi;
import home.oikos.http.Handler;
import home.oikos.http.Request;
import home.oikos.http.Response;
import home.oikos.node.NodeMetrics;
import home.oikos.node.RuntimeFailure;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// `metrics.k8s.io/v1beta1` of this machine: what `kubectl top` and autoscalers read. The node opens after the API; until then it is not
/// available. The API server has authenticated and authorised.
final class MetricsApi implements LocalApi, Handler {
    private static final String GROUP = "metrics.k8s.io";
    private static final String VERSION = "v1beta1";

    private volatile NodeMetrics node;

    void open(NodeMetrics opened) {
        node = opened;
    }

    @Override
    public String group() {
        return GROUP;
    }

    @Override
    public String version() {
        return VERSION;
    }

    @Override
    public JsonObject resources() {
        return JsonObject.of("kind", "APIResourceList", "apiVersion", "v1", "groupVersion", GROUP + "/" + VERSION,
                "resources", JsonArray.of(resource("nodes", false, "NodeMetrics"), resource("pods", true, "PodMetrics")));
    }

    private static JsonObject resource(String name, boolean namespaced, String kind) {
        return JsonObject.of("name", name, "singularName", "", "namespaced", namespaced, "kind", kind, "verbs", JsonArray.of("get", "list"));
    }

    @Override
    public Handler handler() {
        return this;
    }

    @Override
    public void handle(Request request, Response response) {
        try {
            answer(request, response);
        } catch (RuntimeFailure away) {
            fail(response, 503, "ServiceUnavailable", away.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(Request request, Response response) throws InterruptedException {
        var known = node;
        var parts = List.of(request.path().substring(1).split("/"));
        var rest = parts.subList(3, parts.size());
        if (!request.method().equals("GET")) fail(response, 405, "MethodNotAllowed", "metrics are read with GET");
        else if (known == null) fail(response, 503, "ServiceUnavailable", "containers are not running yet");
        else if (rest.getFirst().equals("nodes") && rest.size() <= 2) send(response, List.of(known.node()), "NodeMetrics", last(rest, 1), selector(request));
        else if (rest.getFirst().equals("pods") && rest.size() == 1) send(response, known.pods(), "PodMetrics", Optional.empty(), selector(request));
        else if (rest.size() >= 3 && rest.get(2).equals("pods")) send(response, in(rest.get(1), known.pods()), "PodMetrics", last(rest, 3), selector(request));
        else fail(response, 404, "NotFound", "the server could not find the requested resource");
    }

    private static Optional<String> last(List<String> parts, int at) {
        return parts.size() > at ? Optional.of(URLDecoder.decode(parts.get(at), StandardCharsets.UTF_8)) : Optional.empty();
    }

    private static List<JsonObject> in(String namespace, List<JsonObject> pods) {
        return pods.stream().filter(pod -> pod.at("metadata", "namespace").text("").equals(namespace)).toList();
    }

    private static Predicate<Json> selector(Request request) {
        var selector = LabelSelector.parse(request.parameter("labelSelector").orElse(""));
        return metrics -> selector.matches(labels(metrics));
    }

    private static Map<String, String> labels(Json metrics) {
        var labels = new LinkedHashMap<String, String>();
        metrics.at("metadata", "labels").object().members().forEach((name, value) -> labels.put(name, value.text("")));
        return labels;
    }

    private static void send(Response response, List<JsonObject> found, String kind, Optional<String> name, Predicate<Json> selected) {
        if (name.isEmpty()) {
            response.send(200, "application/json", JsonObject.of("kind", kind + "List", "apiVersion", GROUP + "/" + VERSION, "metadata",
                    JsonObject.EMPTY, "items", found.stream().filter(selected).toList()).bytes());
            return;
        }
        var one = found.stream().filter(metrics -> metrics.at("metadata", "name").text("").equals(name.get())).findFirst();
        if (one.isPresent()) response.send(200, "application/json", one.get().bytes());
        else fail(response, 404, "NotFound", "no metrics known for \"" + name.get() + "\"");
    }

    private static void fail(Response response, int code, String reason, String message) {
        response.send(code, "application/json", JsonObject.of("kind", "Status", "apiVersion", "v1", "metadata", JsonObject.EMPTY, "status", "Failure",
                "message", message, "reason", reason, "code", code).bytes());
    }
}
