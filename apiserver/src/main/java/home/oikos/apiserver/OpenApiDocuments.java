package home.oikos.apiserver;

import home.oikos.api.Catalog;
import home.oikos.api.GroupVersion;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.base.Sha256;
import home.oikos.store.Store;
import java.util.Collection;
import java.util.List;

/// Makes OpenAPI documents of what is served at the moment. Free for any thread; keeps nothing.
final class OpenApiDocuments {
    private static final JsonObject ABOUT = JsonObject.of("title", "Kubernetes", "version", "v" + Version.MAJOR + "." + Version.MINOR);

    private final Resources resources;
    private final Store store;
    private final String stamp;

    /// @param stamp tells one start of the server from another, for another build may write other documents
    OpenApiDocuments(Resources resources, Store store, String stamp) {
        this.stamp = stamp;
        this.resources = resources;
        this.store = store;
    }

    List<GroupVersion> groupVersions() {
        return resources.groupVersions();
    }

    /// Changes when the document of a group and version does, and is found without making that.
    String hash(GroupVersion groupVersion) {
        var content = new StringBuilder(groupVersion.toString()).append(stamp);
        for (var resource : resources.resources(groupVersion)) {
            content.append('\n').append(resource.definition().plural());
            if (resource.rules() instanceof CustomRules rules) content.append(' ').append(rules.origin());
        }
        return java.util.HexFormat.of().withUpperCase().formatHex(Sha256.of(content.toString()));
    }

    /// Of everything together.
    String hash() {
        var all = new StringBuilder();
        groupVersions().forEach(groupVersion -> all.append(hash(groupVersion)));
        return java.util.HexFormat.of().withUpperCase().formatHex(Sha256.of(all.toString()));
    }

    /// The OpenAPI v3 document of one group and version.
    JsonObject v3(GroupVersion groupVersion) {
        var types = new OpenApiTypes(OpenApiVersion.V3);
        var paths = paths(OpenApiVersion.V3, types, resources.resources(groupVersion));
        return JsonObject.of("openapi", "3.0.0", "info", ABOUT, "paths", paths, "components", JsonObject.of("schemas", types.schemas()));
    }

    /// The OpenAPI v2 document of all.
    JsonObject v2() {
        var types = new OpenApiTypes(OpenApiVersion.V2);
        var paths = paths(OpenApiVersion.V2, types, resources.all());
        return JsonObject.of("swagger", "2.0", "info", ABOUT, "paths", paths, "definitions", types.schemas());
    }

    private JsonObject paths(OpenApiVersion version, OpenApiTypes types, Collection<Resource> all) {
        var paths = new OpenApiPaths(version, types);
        for (var resource : all) {
            if (resource.rules() instanceof CustomRules rules) custom(resource, rules, version, types, paths);
            else builtIn(resource, types, paths);
        }
        return paths.all();
    }

    private static void builtIn(Resource resource, OpenApiTypes types, OpenApiPaths paths) {
        var definition = resource.definition();
        var one = types.reference(definition.schema());
        paths.add(resource, one, Catalog.builtIn().type(definition.listKind()).map(types::reference).orElse(one));
        for (var sub : definition.subresources()) {
            paths.add(resource, sub, Catalog.builtIn().type(sub.kind()).map(types::reference).orElse(JsonObject.EMPTY));
        }
    }

    private void custom(Resource resource, CustomRules rules, OpenApiVersion version, OpenApiTypes types, OpenApiPaths paths) {
        var schema = new OpenApiCustom(resource.kind(), version, types);
        var one = schema.object(storedSchema(resource, rules));
        paths.add(resource, one, schema.list(one));
        for (var sub : resource.definition().subresources()) {
            paths.add(resource, sub, sub.name().equals("scale") ? types.reference(Catalog.builtIn().type(ScaleHandler.SCALE).orElseThrow()) : one);
        }
    }

    /// As the CRD has it: descriptions and all, which nobody keeps in memory.
    private JsonObject storedSchema(Resource resource, CustomRules rules) {
        var name = rules.resource().qualified();
        var crd = store.snapshot().get(CustomKinds.PREFIX + name).map(ObjectBytes::tree).orElse(JsonObject.EMPTY);
        return crd.at("spec", "versions").array().stream().filter(v -> v.at("name").text("").equals(resource.kind().version())).findFirst()
                .orElse(Json.NULL).at("schema", "openAPIV3Schema").object();
    }
}
