package home.oikos.apiserver;

import home.oikos.api.GroupVersion;
import home.oikos.api.GroupVersionKind;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.Subresource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The paths of one OpenAPI document: what can be done to each resource. For one thread.
final class OpenApiPaths {
    private static final List<String> WRITE = List.of("dryRun", "fieldManager", "fieldValidation");
    private static final List<String> LIST = List.of("allowWatchBookmarks", "continue", "fieldSelector", "labelSelector", "limit", "resourceVersion",
            "resourceVersionMatch", "sendInitialEvents", "timeoutSeconds", "watch");
    private static final List<String> DELETE = List.of("dryRun", "gracePeriodSeconds", "orphanDependents", "propagationPolicy");
    private static final Map<String, String> TYPES = Map.of("allowWatchBookmarks", "boolean", "limit", "integer", "sendInitialEvents", "boolean",
            "timeoutSeconds", "integer", "watch", "boolean", "gracePeriodSeconds", "integer", "orphanDependents", "boolean", "force", "boolean");
    private static final List<String> PATCHES = List.of("application/json-patch+json", "application/merge-patch+json",
            "application/strategic-merge-patch+json", "application/apply-patch+yaml");

    private final OpenApiVersion version;
    private final OpenApiTypes types;
    private final Map<String, Json> paths = new TreeMap<>();

    OpenApiPaths(OpenApiVersion version, OpenApiTypes types) {
        this.version = version;
        this.types = types;
    }

    JsonObject all() {
        return JsonObject.copyOf(paths);
    }

    static String root(GroupVersion groupVersion) {
        return groupVersion.group().isEmpty() ? "/api/" + groupVersion.version() : "/apis/" + groupVersion;
    }

    /// @param one refers to the schema of an object
    /// @param many refers to that of a list
    void add(Resource resource, JsonObject one, JsonObject many) {
        var definition = resource.definition();
        var root = root(definition.groupVersion());
        var collection = root + (definition.namespaced() ? "/namespaces/{namespace}/" : "/") + definition.plural();
        var kind = resource.kind();
        path(collection, operation(resource, "list", "get", LIST, null, many, kind), operation(resource, "create", "post", WRITE, one, one, kind),
                operation(resource, "deletecollection", "delete", LIST, null, status(), kind));
        path(collection + "/{name}", operation(resource, "get", "get", List.of(), null, one, kind), operation(resource, "update", "put", WRITE, one, one, kind),
                operation(resource, "patch", "patch", with(WRITE, "force"), patch(), one, kind),
                operation(resource, "delete", "delete", DELETE, null, status(), kind));
        if (definition.namespaced()) path(root + "/" + definition.plural(), operation(resource, "list", "get", LIST, null, many, kind));
    }

    void add(Resource resource, Subresource subresource, JsonObject one) {
        var definition = resource.definition();
        var path = root(definition.groupVersion()) + (definition.namespaced() ? "/namespaces/{namespace}/" : "/") + definition.plural() + "/{name}/"
                + subresource.name();
        var operations = new ArrayList<Map.Entry<String, JsonObject>>();
        for (var verb : subresource.verbs()) {
            switch (verb) {
                case "get" -> operations.add(operation(resource.custom(), "get", "get", List.of(), null, one, subresource.kind()));
                case "create" -> operations.add(operation(resource.custom(), "create", "post", WRITE, one, one, subresource.kind()));
                case "update" -> operations.add(operation(resource.custom(), "update", "put", WRITE, one, one, subresource.kind()));
                case "patch" -> operations.add(operation(resource.custom(), "patch", "patch", with(WRITE, "force"), patch(), one, subresource.kind()));
                default -> { }
            }
        }
        write(path, operations);
    }

    private static List<String> with(List<String> parameters, String another) {
        var all = new ArrayList<>(parameters);
        all.add(another);
        return all;
    }

    private JsonObject status() {
        return types.reference(home.oikos.api.Catalog.builtIn().library().type("meta-v1/Status"));
    }

    private JsonObject patch() {
        return types.put("io.k8s.apimachinery.pkg.apis.meta.v1.Patch", JsonObject.of("type", "object"));
    }

    /// Null where the resource does not allow the verb.
    private Map.Entry<String, JsonObject> operation(Resource resource, String verb, String method, List<String> query, JsonObject body, JsonObject answer,
            GroupVersionKind kind) {
        return resource.definition().allows(verb) ? operation(resource.custom(), verb, method, query, body, answer, kind) : null;
    }

    private Map.Entry<String, JsonObject> operation(boolean custom, String verb, String method, List<String> query, JsonObject body,
            JsonObject answer, GroupVersionKind kind) {
        var action = verb.equals("create") ? "post" : verb.equals("update") ? "put" : verb;
        var patching = method.equals("patch");
        var parameters = new ArrayList<Json>();
        if (body != null && version == OpenApiVersion.V2) {
            parameters.add(JsonObject.of("name", "body", "in", "body", "required", true, "schema", body));
        }
        query.forEach(name -> parameters.add(parameter(name, "query", TYPES.getOrDefault(name, "string"))));
        var operation = JsonObject.of("parameters", parameters.isEmpty() ? null : new JsonArray(parameters),
                "consumes", version == OpenApiVersion.V2 && patching ? patches(custom) : null,
                "requestBody", version == OpenApiVersion.V3 && body != null
                        ? content(body, patching ? patches(custom) : List.of("*/*")).with("required", true) : null,
                "responses", JsonObject.of("200", answered(answer)), "x-kubernetes-action", action,
                "x-kubernetes-group-version-kind", OpenApiTypes.groupVersionKind(kind));
        return Map.entry(method, operation);
    }

    /// kubectl sends a strategic merge patch wherever it finds it here, and custom resources have none.
    private static List<String> patches(boolean custom) {
        return custom ? PATCHES.stream().filter(p -> !p.contains("strategic")).toList() : PATCHES;
    }

    private JsonObject answered(JsonObject schema) {
        var ok = JsonObject.of("description", "OK");
        return version == OpenApiVersion.V2 ? ok.with("schema", schema) : ok.withAll(content(schema, List.of("application/json")));
    }

    private static JsonObject content(JsonObject schema, List<String> mediaTypes) {
        var content = new LinkedHashMap<String, Json>();
        mediaTypes.forEach(type -> content.put(type, JsonObject.of("schema", schema)));
        return JsonObject.of("content", JsonObject.copyOf(content));
    }

    private Json parameter(String name, String in, String type) {
        var required = in.equals("path") ? true : null;
        var schema = JsonObject.of("type", type, "uniqueItems", true);
        var parameter = JsonObject.of("name", name, "in", in, "required", required);
        return version == OpenApiVersion.V2 ? parameter.withAll(schema) : parameter.with("schema", schema);
    }

    @SafeVarargs
    private void path(String path, Map.Entry<String, JsonObject>... operations) {
        var present = new java.util.ArrayList<Map.Entry<String, JsonObject>>();
        for (var operation : operations) if (operation != null) present.add(operation);
        write(path, present);
    }

    private void write(String path, List<Map.Entry<String, JsonObject>> operations) {
        if (operations.isEmpty()) return;
        var item = new LinkedHashMap<String, Json>();
        operations.forEach(operation -> item.put(operation.getKey(), operation.getValue()));
        var parameters = new ArrayList<Json>();
        for (var name : List.of("namespace", "name")) {
            if (path.contains("{" + name + "}")) parameters.add(parameter(name, "path", "string"));
        }
        if (!parameters.isEmpty()) item.put("parameters", new JsonArray(parameters));
        paths.put(path, JsonObject.copyOf(item));
    }
}
