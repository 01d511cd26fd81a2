package home.oikos.api;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/// Schema files by name, each read when one of its types is first asked for. Safe for any thread.
///
/// A file is blocks of lines with an empty line between them; lines that begin with `#` are comments.
/// ```
/// group-version apps/v1                        the first block: what the types belong to,
/// package io.k8s.api.apps.v1                   and the prefix of their names in OpenAPI
///
/// resource deployments Deployment namespaced verbs(get,list) short(deploy)
///   /scale autoscaling/v1/Scale verbs(get)     how objects of a kind are served
///
/// type DeploymentSpec -- A description, which may be left out.
///   replicas int32? #1 -- The same.            one line for each field
///   template core-v1/PodTemplateSpec! #3
/// ```
/// After the name of a type may stand `kind` (objects of that kind have it; `kind(group/version/Kind)` when it is not the
/// file's), `atomic` (apply owns it as a whole), `preserve` (unknown members are kept), `union(discriminator)`.
/// A field's type is a scalar ([Scalar]), a type of this file or of another one (`FILE/Type`), `[T]` for a list of it or `{T}` for
/// a map from strings to it; then follow, in any order:
/// - `!` required, `?` the zero value differs from absence (both right after the type), `shown` present even when empty;
/// - `default(json)`, `enum(a|b)`;
/// - `map(k1,k2)`, `set`, `atomic`: how apply merges a list, or `atomic` for a map or struct;
/// - `merge(key)`, `strategy(merge|retainKeys|replace)`: how a strategic merge patch does;
/// - `#n` the protobuf field number, `#a.b` for field b of a message inlined as field a. `Time` is {1 seconds, 2 nanos}, `Quantity`
///   {1 string}, `IntOrString` {1 type, 2 int, 3 string}, what holds any JSON {1 bytes}.
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
