package home.oikos.api;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/// Schema files by name, each read when one of its types is first asked for. Safe for any thread.
/// The notation is told in `package-info` beside the files and by [FieldParser] and [ResourceParser].
public final class SchemaLibrary {
    private final UnaryOperator<String> source;
    private final Map<String, SchemaFile> files = new ConcurrentHashMap<>();

    /// @param source gives the text of a schema file by its name
    public SchemaLibrary(UnaryOperator<String> source) {
        this.source = source;
    }

    /// The type that `FILE/Type` names, e.g. `apps-v1/DeploymentSpec`.
    /// @throws IllegalStateException when there is none
    public ObjectSchema type(String name) {
        int slash = name.indexOf('/');
        return file(name.substring(0, slash)).type(name.substring(slash + 1));
    }

    /// All types of a file, in its order.
    public List<ObjectSchema> types(String file) {
        return List.copyOf(file(file).types().values());
    }

    SchemaFile file(String name) {
        var known = files.get(name);
        if (known != null) return known;
        var read = new SchemaFile(name, source.apply(name), this::type);
        var raced = files.putIfAbsent(name, read);
        return raced == null ? read : raced;
    }
}
