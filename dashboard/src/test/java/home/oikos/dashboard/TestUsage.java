package home.oikos.dashboard;

import home.oikos.api.JsonObject;
import home.oikos.apiserver.LocalApi;
import home.oikos.http.Handler;
import java.util.List;

/// What a measurer of pods would say, of one pod.
record TestUsage(String namespace, String pod) implements LocalApi {
    @Override
    public String group() {
        return "metrics.k8s.io";
    }

    @Override
    public String version() {
        return "v1beta1";
    }

    @Override
    public JsonObject resources() {
        return JsonObject.of("kind", "APIResourceList", "apiVersion", "v1", "groupVersion", group() + "/" + version(), "resources", List.of(
                JsonObject.of("name", "pods", "singularName", "", "namespaced", true, "kind", "PodMetrics", "verbs", List.of("get", "list"))));
    }

    @Override
    public Handler handler() {
        var usage = JsonObject.of("name", "web", "usage", JsonObject.of("cpu", "4200000n", "memory", "21504Ki"));
        var list = JsonObject.of("kind", "PodMetricsList", "apiVersion", "metrics.k8s.io/v1beta1", "items", List.of(
                JsonObject.of("metadata", JsonObject.of("namespace", namespace, "name", pod), "containers", List.of(usage))));
        return (_, response) -> response.send(200, "application/json", list.bytes());
    }
}
