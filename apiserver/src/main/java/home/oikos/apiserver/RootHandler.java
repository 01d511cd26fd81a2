package home.oikos.apiserver;

import home.oikos.api.GroupVersion;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.http.Handler;
import home.oikos.http.Request;
import home.oikos.http.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The last handler of the chain: resources, discovery, local APIs, and the few paths beside them.
final class RootHandler implements Handler {
    private static final List<String> PATHS = List.of("/api", "/apis", "/healthz", "/livez", "/metrics", "/openapi/v2", "/openapi/v3",
            "/readyz",
            "/version");
    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final ResourceHandler resources;
    private final Discovery discovery;
    private final AggregatedDiscovery aggregated;
    private final OpenApiHandler openApi;
    private final List<LocalApi> locals;
    private final Map<String, Handler> paths;
    private final Metrics metrics;

    RootHandler(ResourceHandler resources, Discovery discovery, AggregatedDiscovery aggregated, OpenApiHandler openApi, Metrics metrics,
            ApiServerOptions options) {
        this.metrics = metrics;
        this.resources = resources;
        this.discovery = discovery;
        this.aggregated = aggregated;
        this.openApi = openApi;
        this.locals = options.locals();
        this.paths = options.paths();
    }

    @Override
    public void handle(Request request, Response response) throws Exception {
        var call = request.attribute(ApiCall.class);
        var local = local(call);
        if (local != null) local.handler().handle(request, response);
        else if (call.isResource()) resources.handle(request, response);
        else if (paths.containsKey(call.path())) paths.get(call.path()).handle(request, response);
        else other(request, response, call.path());
    }

    private LocalApi local(ApiCall call) {
        if (!call.isResource()) return null;
        return locals.stream().filter(l -> l.group().equals(call.group()) && l.version().equals(call.version())).findFirst().orElse(null);
    }

    private void other(Request request, Response response, String path) {
        if (path.equals("/api") || path.equals("/apis")) discover(request, response, path.equals("/api"));
        else if (path.startsWith("/api/") || path.startsWith("/apis/")) groupOrVersion(request, response, path);
        else if (path.equals("/version")) plain(response, Version.json());
        else if (path.equals("/")) plain(response, JsonObject.of("paths", PATHS));
        else if (OpenApiHandler.isPath(path)) openApi.handle(request, response, path);
        else if (path.equals("/metrics")) response.send(200, METRICS_TYPE, ObjectBytes.utf8(allMetrics()));
        else if (Health.isPath(path)) Health.handle(request, response, path);
        else Answers.noSuchPath(response);
    }

    private String allMetrics() {
        return metrics.text() + locals.stream().map(LocalApi::metrics).collect(Collectors.joining());
    }

    private void discover(Request request, Response response, boolean core) {
        for (var range : MediaRange.parse(request.headers("Accept"))) {
            var wantsAggregated = range.parameter("as").equals("APIGroupDiscoveryList")
                    && range.parameter("g").equals("apidiscovery.k8s.io");
            if (wantsAggregated && range.type().equals("application/json") && range.parameter("v").equals("v2")) {
                response.header("Vary", "Accept");
                response.send(200, AggregatedDiscovery.MEDIA_TYPE, (core ? aggregated.core() : aggregated.groups()).bytes());
                return;
            }
            if (range.parameter("as").isEmpty()) break;
        }
        response.header("Vary", "Accept");
        send(request, response, core ? discovery.apiVersions() : discovery.groupList());
    }

    private void groupOrVersion(Request request, Response response, String path) {
        var parts = path.substring(1).split("/");
        if (parts[0].equals("apis") && parts.length == 2) {
            var group = discovery.group(parts[1]);
            if (group == null) Answers.noSuchPath(response);
            else send(request, response, group);
            return;
        }
        var groupVersion = parts.length == 3 ? new GroupVersion(parts[1], parts[2]) : new GroupVersion("", parts[1]);
        var list = discovery.resourceList(groupVersion);
        if (list != null) send(request, response, list);
        else if (parts.length == 3 && discovery.group(parts[1]) == null) Answers.noSuchPath(response);
        else throw ResourceHandler.noSuchResource();
    }

    /// What is no object has no other form, whatever a client would rather have.
    private static void plain(Response response, Json body) {
        response.send(200, MediaType.JSON.text(), body.bytes());
    }

    /// Only objects and their lists have other shapes than their own.
    private static void send(Request request, Response response, Json body) {
        var accepted = Accepted.choose(request, Accepted.OBJECT_ONLY, false);
        response.send(200, accepted.type().text(), WireFormat.encode(accepted.type(), body.object()));
    }
}
