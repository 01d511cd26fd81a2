package home.oikos.client;

import home.oikos.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Asks a server which resources it serves.
public final class Discovery {
    private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";

    private Discovery() { }

    /// One resource and what may be done with it.
    public record Served(Resource resource, Set<String> verbs) {
        public Served {
            verbs = Set.copyOf(verbs);
        }
    }

    /// Every resource, each in its group's preferred version only; no subresources.
    public static List<Served> preferred(ApiClient client) {
        Map<String, Served> found = new LinkedHashMap<>();
        for (var path : new String[] {"/api", "/apis"}) {
            for (var group : document(client, path).at("items").array()) addGroup(found, group);
        }
        return new ArrayList<>(found.values());
    }

    private static Json document(ApiClient client, String path) {
        var answer = client.exchange(Call.of("GET", path).header("Accept", AGGREGATED));
        if (!answer.isSuccess()) throw Failure.of(answer.status(), answer.body());
        var document = Json.parse(answer.body());
        // Servers since 1.27 have it; an older one answers with a list of groups, which we do not walk.
        if (document.at("items").isNull()) throw Failure.of(406, "the server has no aggregated discovery".getBytes(StandardCharsets.UTF_8));
        return document;
    }

    /// The first version that has a resource is the preferred one.
    private static void addGroup(Map<String, Served> found, Json group) {
        var name = group.at("metadata", "name").text("");
        for (var version : group.at("versions").array()) {
            var apiVersion = name.isEmpty() ? version.at("version").text("") : name + "/" + version.at("version").text("");
            for (var resource : version.at("resources").array()) {
                var plural = resource.at("resource").text("");
                found.putIfAbsent(name + "/" + plural, served(apiVersion, plural, resource));
            }
        }
    }

    private static Served served(String apiVersion, String plural, Json resource) {
        var verbs = Set.copyOf(resource.at("verbs").array().stream().map(verb -> verb.text("")).toList());
        boolean namespaced = resource.at("scope").text("").equals("Namespaced");
        return new Served(Resource.of(apiVersion, plural, resource.at("responseKind", "kind").text(""), namespaced), verbs);
    }
}
