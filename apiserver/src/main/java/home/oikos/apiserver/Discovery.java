package home.oikos.apiserver;

import home.oikos.api.GroupVersion;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.Subresource;
import home.oikos.base.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The documents that tell clients what is served, in the old form: one for each group and version.
final class Discovery {
    private final Resources resources;
    private final List<LocalApi> locals;

    Discovery(Resources resources, List<LocalApi> locals) {
        this.resources = resources;
        this.locals = List.copyOf(locals);
    }

    /// Group to its versions, best first, the core group left out.
    Map<String, List<String>> groups() {
        var groups = new LinkedHashMap<String, List<String>>();
        for (var gv : resources.groupVersions()) {
            if (!gv.group().isEmpty()) groups.computeIfAbsent(gv.group(), _ -> new ArrayList<>()).add(gv.version());
        }
        for (var local : locals) groups.computeIfAbsent(local.group(), _ -> new ArrayList<>()).add(local.version());
        return groups;
    }

    JsonObject apiVersions() {
        return JsonObject.of("kind", "APIVersions", "versions", List.of("v1"),
                "serverAddressByClientCIDRs", List.of(JsonObject.of("clientCIDR", "0.0.0.0/0", "serverAddress", "127.0.0.1:6443")));
    }

    JsonObject groupList() {
        var groups = new ArrayList<Json>();
        groups().forEach((group, versions) -> groups.add(group(group, versions)));
        return JsonObject.of("kind", "APIGroupList", "apiVersion", "v1", "groups", new JsonArray(groups));
    }

    JsonObject group(String group) {
        var versions = groups().get(group);
        return versions == null ? null : JsonObject.of("kind", "APIGroup", "apiVersion", "v1").withAll(group(group, versions));
    }

    private static JsonObject group(String group, List<String> versions) {
        var entries = versions.stream().map(v -> JsonObject.of("groupVersion", group + "/" + v, "version", v)).toList();
        return JsonObject.of("name", group, "versions", entries, "preferredVersion", entries.getFirst());
    }

    /// Null for a group version that is not served.
    JsonObject resourceList(GroupVersion groupVersion) {
        for (var local : locals) {
            if (local.group().equals(groupVersion.group()) && local.version().equals(groupVersion.version())) return local.resources();
        }
        var served = resources.resources(groupVersion);
        if (served.isEmpty()) return null;
        var list = new ArrayList<Json>();
        served.stream().sorted(java.util.Comparator.comparing(r -> r.definition().plural())).forEach(r -> addResource(list, r));
        return JsonObject.of("kind", "APIResourceList", "apiVersion", groupVersion.group().isEmpty() ? null : "v1",
                "groupVersion", groupVersion.toString(), "resources", new JsonArray(list));
    }

    private static void addResource(List<Json> list, Resource resource) {
        var definition = resource.definition();
        list.add(JsonObject.of("name", definition.plural(), "singularName", definition.singular(), "namespaced", definition.namespaced(),
                "kind", definition.kind(), "verbs", definition.verbs(), "shortNames", nonEmpty(definition.shortNames()),
                "categories", nonEmpty(definition.categories()), "storageVersionHash", storageVersionHash(resource)));
        for (var sub : definition.subresources()) list.add(subresource(resource, sub));
    }

    /// Tells clients when the version changes in which objects are stored; null for what is never stored.
    private static String storageVersionHash(Resource resource) {
        if (!resource.definition().allows("list")) return null;
        var kind = resource.stored();
        var hash = Sha256.of(kind.group() + "/" + kind.version() + "/" + kind.kind());
        return Base64.getEncoder().encodeToString(Arrays.copyOf(hash, 8));
    }

    private static Json subresource(Resource resource, Subresource sub) {
        var definition = resource.definition();
        var elsewhere = !sub.kind().groupVersion().equals(definition.groupVersion());
        return JsonObject.of("name", definition.plural() + "/" + sub.name(), "singularName", "", "namespaced", definition.namespaced(),
                "group", elsewhere ? sub.kind().group() : null, "version", elsewhere ? sub.kind().version() : null,
                "kind", sub.kind().kind(), "verbs", sub.verbs());
    }

    static List<String> nonEmpty(List<String> list) {
        return list.isEmpty() ? null : list;
    }
}
