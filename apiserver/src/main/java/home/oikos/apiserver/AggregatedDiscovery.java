package home.oikos.apiserver;

import home.oikos.api.GroupVersion;
import home.oikos.api.GroupVersionKind;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The newer form of discovery: everything in two documents (apidiscovery.k8s.io/v2).
final class AggregatedDiscovery {
    static final String MEDIA_TYPE = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    private final Resources resources;
    private final List<LocalApi> locals;
    private final Discovery plain;

    AggregatedDiscovery(Resources resources, List<LocalApi> locals, Discovery plain) {
        this.resources = resources;
        this.locals = locals;
        this.plain = plain;
    }

    JsonObject core() {
        return document(List.of(JsonObject.of("metadata", JsonObject.EMPTY, "versions", List.of(version(GroupVersion.CORE)))));
    }

    JsonObject groups() {
        var items = new ArrayList<JsonObject>();
        plain.groups().forEach((group, versions) -> items.add(JsonObject.of("metadata", JsonObject.of("name", group),
                "versions", versions.stream().map(v -> version(new GroupVersion(group, v))).toList())));
        return document(items);
    }

    private static JsonObject document(List<JsonObject> items) {
        return JsonObject.of("kind", "APIGroupDiscoveryList", "apiVersion", "apidiscovery.k8s.io/v2", "metadata", JsonObject.EMPTY, "items",
                items);
    }

    private JsonObject version(GroupVersion groupVersion) {
        var local = locals.stream().filter(l -> l.group().equals(groupVersion.group()) && l.version().equals(groupVersion.version()))
                .findFirst();
        var list = local.isPresent() ? fromList(local.get()) : fromResources(groupVersion);
        return JsonObject.of("version", groupVersion.version(), "resources", list, "freshness", "Current");
    }

    private Json fromResources(GroupVersion groupVersion) {
        var list = new ArrayList<Json>();
        resources.resources(groupVersion).stream().sorted(Comparator.comparing(r -> r.definition().plural()))
                .forEach(r -> list.add(resource(r)));
        return new JsonArray(list);
    }

    private static JsonObject resource(Resource resource) {
        var definition = resource.definition();
        var scope = definition.namespaced() ? "Namespaced" : "Cluster";
        var subresources = definition.subresources().stream()
                .map(s -> JsonObject.of("subresource", s.name(), "responseKind", kind(s.kind()),
                "verbs", s.verbs())).toList();
        return JsonObject.of("resource", definition.plural(), "responseKind", kind(resource.kind()), "scope", scope,
                "singularResource", definition.singular(), "verbs", definition.verbs(), "shortNames",
                        Discovery.nonEmpty(definition.shortNames()),
                "categories", Discovery.nonEmpty(definition.categories()), "subresources", subresources.isEmpty() ? null : subresources);
    }

    private static JsonObject kind(GroupVersionKind kind) {
        return JsonObject.of("group", kind.group(), "version", kind.version(), "kind", kind.kind());
    }

    /// The resources of a local API, told in the older form.
    private static Json fromList(LocalApi local) {
        var list = local.resources().at("resources").array();
        var found = new ArrayList<Json>();
        for (var resource : list) {
            var name = resource.at("name").text("");
            if (name.indexOf('/') >= 0) continue;
            var subresources = list.stream().filter(s -> s.at("name").text("").startsWith(name + "/"))
                    .map(s -> (Json) JsonObject.of("subresource", s.at("name").text("").substring(name.length() + 1),
                            "responseKind", kind(local, s), "verbs", s.at("verbs"))).toList();
            found.add(JsonObject.of("resource", name, "responseKind", kind(local, resource), "scope", resource.at("namespaced").bool(false)
                    ? "Namespaced" : "Cluster",
                    "singularResource", resource.at("singularName"), "verbs", resource.at("verbs"), "subresources", subresources.isEmpty()
                            ? null : subresources));
        }
        return new JsonArray(found);
    }

    private static JsonObject kind(LocalApi local, Json resource) {
        return kind(new GroupVersionKind(resource.at("group").text(local.group()), resource.at("version").text(local.version()),
                resource.at("kind").text("")));
    }
}
