package home.oikos.apiserver;

import home.oikos.api.GroupVersion;
import home.oikos.api.GroupVersionKind;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ResourceDefinition;
import home.oikos.api.Subresource;
import home.oikos.store.Store;
import java.util.ArrayList;
import java.util.List;

/// A CustomResourceDefinition read into the resources it defines, one for each served version. Immutable.
/// @param generation of the CRD it was read from, and whether that was being deleted: nothing else of it changes what is served
record CustomDefinition(String name, String uid, long generation, boolean terminating, List<Resource> resources) {
    private static final List<String> VERBS = List.of("delete", "deletecollection", "get", "list", "patch", "create", "update", "watch");
    private static final List<String> PART_VERBS = List.of("get", "patch", "update");

    static CustomDefinition of(JsonObject crd, Store store, RuleCompiler compiler) {
        return new Reading(crd, store, compiler).definition();
    }

    boolean isOf(JsonObject crd) {
        return uid.equals(crd.at("metadata", "uid").text("")) && generation == crd.at("metadata", "generation").integer(0L)
                && terminating == Metadata.isBeingDeleted(crd);
    }

    /// One CRD while it is read.
    private record Reading(JsonObject crd, Store store, RuleCompiler compiler, Json spec) {
        Reading(JsonObject crd, Store store, RuleCompiler compiler) {
            this(crd, store, compiler, crd.at("spec"));
        }

        CustomDefinition definition() {
            var storage = storageVersion();
            var resources = new ArrayList<Resource>();
            for (var version : spec.at("versions").array()) {
                if (version.at("served").bool(false)) resources.add(resource(version.object(), storage));
            }
            return new CustomDefinition(crd.at("metadata", "name").text(""), crd.at("metadata", "uid").text(""),
                    crd.at("metadata", "generation").integer(0L), Metadata.isBeingDeleted(crd), List.copyOf(resources));
        }

        private JsonObject storageVersion() {
            return spec.at("versions").array().stream().filter(v -> v.at("storage").bool(false)).findFirst().orElse(Json.NULL).object();
        }

        private Resource resource(JsonObject version, JsonObject storage) {
            var schema = schema(version);
            var isStorage = version.at("name").equals(storage.at("name"));
            var columns = CustomColumns.of(version);
            var definition = definition(version, schema, columns);
            var scale = version.at("subresources", "scale") instanceof JsonObject paths ? CustomScale.of(paths) : null;
            var stored = kind(storage);
            var prefix = Resource.prefix(group(), definition.plural());
            var rules = new CustomRules(definition.groupVersionKind(), definition.groupVersionResource(), schema, isStorage ? schema : schema(storage), columns,
                    definition.subresource("status").isPresent(), scale, Metadata.isBeingDeleted(crd), new StoredForm(store, prefix),
                    crd.at("metadata", "uid").text("") + "/" + crd.at("metadata", "generation").integer(0L),
                    new RuleValidation(schema, compiler));
            return new Resource(definition, prefix, stored, true, rules);
        }

        private static StructuralSchema schema(JsonObject version) {
            return StructuralSchema.of(version.at("schema", "openAPIV3Schema").object());
        }

        private String group() {
            return spec.at("group").text("");
        }

        private GroupVersionKind kind(JsonObject version) {
            return new GroupVersion(group(), version.at("name").text("")).kind(spec.at("names", "kind").text(""));
        }

        private ResourceDefinition definition(JsonObject version, StructuralSchema schema, CustomColumns columns) {
            var names = crd.at("status", "acceptedNames");
            var kind = kind(version);
            var fields = new ArrayList<>(List.of("metadata.name", "metadata.namespace"));
            version.at("selectableFields").array().forEach(f -> fields.add(f.at("jsonPath").text("").substring(1)));
            return new ResourceDefinition(kind.groupVersion(), spec.at("names", "plural").text(""), kind.kind(), names.at("singular").text(""),
                    texts(names.at("shortNames")), texts(names.at("categories")), spec.at("scope").text("").equals("Namespaced"), VERBS,
                    subresources(version, kind), columns.columns(), fields, CustomTypes.of(kind, schema));
        }

        private static List<String> texts(Json list) {
            return list.array().stream().map(t -> t.text("")).toList();
        }

        private static List<Subresource> subresources(JsonObject version, GroupVersionKind kind) {
            var all = new ArrayList<Subresource>();
            if (version.at("subresources", "status").isPresent()) all.add(new Subresource("status", kind, PART_VERBS));
            if (version.at("subresources", "scale").isPresent()) all.add(new Subresource("scale", ScaleHandler.SCALE, PART_VERBS));
            return all;
        }
    }
}
