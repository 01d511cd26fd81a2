package home.oikos.client;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.GroupVersionResource;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.api.Reason;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// A small API server in memory, for tests that cannot have the real one: objects with versions, watches, patches, deletion with finalizers
/// and grace, status and binding. It validates and defaults nothing.
public final class FakeApi implements Transport {
    private final Map<String, Resource> served = new LinkedHashMap<>();
    private final FakeObjects objects;

    public FakeApi(Clock clock, Resource... resources) {
        objects = new FakeObjects(clock);
        for (var resource : resources) served.put(resource.group() + "/" + resource.plural(), resource);
    }

    public FakeObjects objects() {
        return objects;
    }

    /// One request, taken apart.
    record Target(Resource resource, String namespace, String name, String subresource, Map<String, String> query) {
        ObjectKey key() {
            return new ObjectKey(resource.namespaced() ? namespace : "", name);
        }
    }

    @Override
    public Answer exchange(Call call) {
        try {
            var json = call.path().equals("/api") || call.path().equals("/apis") ? discovery(call.path()) : answer(call);
            return new Answer(200, Map.of(), json.bytes());
        } catch (ApiException refused) {
            return new Answer(refused.code(), Map.of(), refused.status().toJson().bytes());
        }
    }

    @Override
    public StreamedAnswer stream(Call call) {
        var target = target(call);
        if (target.resource() == null) return new StreamedAnswer(404, new java.io.ByteArrayInputStream(new byte[0]));
        var from = Long.parseLong(target.query().getOrDefault("resourceVersion", "0"));
        return new StreamedAnswer(200, objects.watch(target.resource(), from, filter(target)));
    }

    @Override
    public ClientSocket webSocket(Call call, List<String> protocols) {
        throw new IllegalStateException("the fake has no nodes");
    }

    private Json answer(Call call) {
        var target = target(call);
        if (target.resource() == null) throw new ApiException(Reason.NOT_FOUND, "the server could not find the requested resource");
        var body = call.body().length == 0 ? Json.NULL : Json.parse(call.body());
        return switch (call.method()) {
            case "GET" -> target.name().isEmpty() ? list(target) : objects.get(target.resource(), target.key());
            case "POST" -> post(target, body);
            case "PUT" -> objects.change(target, _ -> body.object());
            case "PATCH" -> patch(target, call.headers().get("Content-Type"), body);
            case "DELETE" -> delete(target, body);
            default -> throw new ApiException(ApiStatus.methodNotAllowed());
        };
    }

    private Json post(Target target, Json body) {
        if (target.subresource().equals("binding")) {
            return objects.change(new Target(target.resource(), target.namespace(), target.name(), "", Map.of()),
                    pod -> pod.withAt(body.at("target", "name"), "spec", "nodeName"));
        }
        return objects.create(target.resource(), target.namespace(), body.object());
    }

    private Json patch(Target target, String type, Json body) {
        boolean strategic = type.contains("strategic");
        return objects.change(target, object -> {
            var version = body.at("metadata", "resourceVersion").text("");
            if (!version.isEmpty() && !version.equals(object.at("metadata", "resourceVersion").text(""))) {
                throw new ApiException(ApiStatus.modified(new GroupVersionResource("", "v1", target.resource().plural()), target.name()));
            }
            return merge(object, body.object(), strategic);
        });
    }

    private static JsonObject merge(JsonObject into, JsonObject patch, boolean strategic) {
        var merged = into;
        for (var member : patch.members().entrySet()) {
            var before = into.at(member.getKey());
            var value = member.getValue();
            if (value.isNull()) merged = merged.without(member.getKey());
            else if (value instanceof JsonObject object) merged = merged.with(member.getKey(), merge(before.object(), object, strategic));
            else if (strategic && member.getKey().equals("conditions")) merged = merged.with("conditions", conditions(before.array(),
                    value.array()));
            else merged = merged.with(member.getKey(), value);
        }
        return merged;
    }

    private static JsonArray conditions(JsonArray before, JsonArray patch) {
        var merged = before;
        for (var condition : patch) {
            int at = 0;
            while (at < merged.size() && !merged.at(at).at("type").equals(condition.at("type"))) at++;
            merged = at < merged.size() ? merged.with(at, merge(merged.at(at).object(), condition.object(), true)) : merged.with(condition);
        }
        return merged;
    }

    private Json delete(Target target, Json options) {
        if (!target.name().isEmpty()) return objects.delete(target.resource(), target.key(), options);
        objects.all(target.resource(), filter(target)).forEach(each -> objects.delete(target.resource(), ObjectKey.of(each), options));
        return JsonObject.of("kind", "Status", "status", "Success");
    }

    private Json list(Target target) {
        return JsonObject.of("kind", target.resource().kind() + "List", "metadata", JsonObject.of("resourceVersion", objects.version()),
                "items", objects.all(target.resource(), filter(target)));
    }

    private static Predicate<Json> filter(Target target) {
        var labels = terms(target.query().getOrDefault("labelSelector", ""));
        var fields = terms(target.query().getOrDefault("fieldSelector", ""));
        return object -> (target.namespace().isEmpty() || object.at("metadata", "namespace").text("").equals(target.namespace()))
                && labels.entrySet().stream().allMatch(term -> object.at("metadata", "labels", term.getKey()).text("")
                        .equals(term.getValue()))
                && fields.entrySet().stream().allMatch(term -> field(object, term.getKey()).text("").equals(term.getValue()));
    }

    private static Json field(Json object, String path) {
        var found = object;
        for (var name : path.split("\\.")) found = found.at(name);
        return found;
    }

    private static Map<String, String> terms(String selector) {
        var terms = new HashMap<String, String>();
        for (var term : selector.split(",")) {
            if (!term.isEmpty()) terms.put(term.substring(0, term.indexOf('=')), term.substring(term.indexOf('=') + 1));
        }
        return terms;
    }

    private Target target(Call call) {
        var parts = List.of(call.path().substring(1).split("/"));
        boolean core = parts.getFirst().equals("api");
        var group = core ? "" : parts.get(1);
        var rest = parts.subList(core ? 2 : 3, parts.size());
        var inner = rest.size() > 2 && rest.getFirst().equals("namespaces") ? served.get(group + "/" + rest.get(2)) : null;
        if (inner != null) return target(inner, rest.get(1), rest.subList(3, rest.size()), call);
        return target(served.get(group + "/" + rest.getFirst()), "", rest.subList(1, rest.size()), call);
    }

    private static Target target(Resource resource, String namespace, List<String> rest, Call call) {
        var query = new HashMap<String, String>();
        for (var pair : call.query().split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) query.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return new Target(resource, namespace, rest.isEmpty() ? "" : URLDecoder.decode(rest.getFirst(), StandardCharsets.UTF_8),
                rest.size() < 2 ? "" : rest.get(1), query);
    }

    private Json discovery(String path) {
        var groups = new LinkedHashMap<String, JsonArray>();
        for (var resource : served.values()) {
            if (resource.group().isEmpty() == path.equals("/api")) {
                groups.merge(resource.group() + "/" + resource.version(), JsonArray.of(entry(resource)), (all, one) -> all.with(one.at(0)));
            }
        }
        var items = groups.entrySet().stream().map(group -> JsonObject.of(
                "metadata", JsonObject.of("name", group.getKey().substring(0, group.getKey().indexOf('/'))),
                "versions", List.of(JsonObject.of("version", group.getKey().substring(group.getKey().indexOf('/') + 1),
                        "resources", group.getValue())))).toList();
        return JsonObject.of("kind", "APIGroupDiscoveryList", "items", items);
    }

    private static JsonObject entry(Resource resource) {
        return JsonObject.of("resource", resource.plural(), "scope", resource.namespaced() ? "Namespaced" : "Cluster",
                "responseKind", JsonObject.of("kind", resource.kind()),
                "verbs", List.of("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"));
    }
}
