package home.oikos.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// All built-in resources and their types, from the schema files beside this class. Each group and version is read when
/// first asked for. Safe for any thread.
public final class Catalog {
    private static final String META = "meta-v1";
    private static final Catalog BUILT_IN = new Catalog();

    private final SchemaLibrary library = new SchemaLibrary(Catalog::resource);
    /// File names by group and version, in the order of discovery.
    private final Map<GroupVersion, String> files = new LinkedHashMap<>();
    private final Map<GroupVersion, List<ResourceDefinition>> resources = new ConcurrentHashMap<>();

    private Catalog() {
        for (var line : resource("catalog").strip().split("\n")) {
            files.put(GroupVersion.parse(line.substring(line.indexOf(' ') + 1)), line.substring(0, line.indexOf(' ')));
        }
    }

    /// The one catalogue: constant facts, so all rooms may share it.
    public static Catalog builtIn() {
        return BUILT_IN;
    }

    private static String resource(String name) {
        try (var in = Catalog.class.getResourceAsStream(name + ".txt")) {
            if (in == null) throw new IllegalStateException("no schema file " + name);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public SchemaLibrary library() {
        return library;
    }

    /// All groups and versions, in the order of discovery.
    public List<GroupVersion> groupVersions() {
        return List.copyOf(files.keySet());
    }

    /// The resources of a group and version; empty when there is none such.
    public List<ResourceDefinition> resources(GroupVersion groupVersion) {
        var file = files.get(groupVersion);
        return file == null ? List.of() : resources.computeIfAbsent(groupVersion, _ -> library.file(file).resources(this::require));
    }

    public Optional<ResourceDefinition> resource(GroupVersion groupVersion, String plural) {
        return resources(groupVersion).stream().filter(resource -> resource.plural().equals(plural)).findFirst();
    }

    public Optional<ResourceDefinition> resource(GroupVersionKind kind) {
        return resources(kind.groupVersion()).stream().filter(resource -> resource.kind().equals(kind.kind())).findFirst();
    }

    /// The type of a kind; those of lists, of subresources and of the API itself (Status, PartialObjectMetadata) included.
    public Optional<ObjectSchema> type(GroupVersionKind kind) {
        return typeIn(files.getOrDefault(kind.groupVersion(), META), kind).or(() -> typeIn(META, kind));
    }

    private Optional<ObjectSchema> typeIn(String file, GroupVersionKind kind) {
        return Optional.ofNullable(library.file(file).types().get(kind.kind())).filter(type -> type.kind().equals(Optional.of(kind)));
    }

    private ObjectSchema require(GroupVersionKind kind) {
        return type(kind).orElseThrow(() -> new IllegalStateException("no type for " + kind));
    }

    /// All types of a group and version: what its OpenAPI document lists.
    public List<ObjectSchema> types(GroupVersion groupVersion) {
        var file = files.get(groupVersion);
        return file == null ? List.of() : library.types(file);
    }

    /// The name of a built-in type in OpenAPI, e.g. `io.k8s.api.apps.v1.Deployment`.
    public String openApiName(ObjectSchema type) {
        return library.file(type.name().substring(0, type.name().indexOf('/'))).packageName() + "." + type.simpleName();
    }
}
