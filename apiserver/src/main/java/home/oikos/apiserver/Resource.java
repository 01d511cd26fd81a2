package home.oikos.apiserver;

import home.oikos.api.GroupVersionKind;
import home.oikos.api.ResourceDefinition;
import java.nio.charset.StandardCharsets;

/// One resource as this server serves it: its definition, where its objects are stored, and what is special about it. Immutable.
/// @param prefix under which the objects' keys stand: `/registry/apps/deployments/`
/// @param stored the kind and version in which objects are written to the store; two resources may share a store and differ in this from
///        what they serve
/// @param custom whether a CRD defines it
/// @param rules what data cannot say of this kind
public record Resource(ResourceDefinition definition, String prefix, GroupVersionKind stored, boolean custom, KindRules rules) {
    /// A resource that shares the store of another.
    Resource storedIn(String otherPrefix, GroupVersionKind otherKind) {
        return new Resource(definition, otherPrefix, otherKind, custom, rules);
    }

    /// A resource stored as it is served.
    public static Resource of(ResourceDefinition definition, boolean custom, KindRules rules) {
        return new Resource(definition, prefix(definition.group(), definition.plural()), definition.groupVersionKind(), custom, rules);
    }

    static String prefix(String group, String plural) {
        return "/registry/" + (group.isEmpty() ? "core" : group) + "/" + plural + "/";
    }

    String key(String namespace, String name) {
        return definition.namespaced() ? prefix + namespace + "/" + name : prefix + name;
    }

    /// The prefix of the keys in a namespace, or of all.
    String prefix(String namespace) {
        return namespace.isEmpty() || !definition.namespaced() ? prefix : prefix + namespace + "/";
    }

    /// The name that a key of this resource ends in.
    static String name(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    String namespace(String key) {
        return definition.namespaced() ? key.substring(prefix.length(), key.lastIndexOf('/')) : "";
    }

    GroupVersionKind kind() {
        return definition.groupVersionKind();
    }

    /// Whether an object's stored bytes are what this resource answers.
    boolean servedAsStored() {
        return stored.equals(kind()) && rules.servedAsStored();
    }

    /// How the bytes of every stored object begin, up to the digits of its revision. See [ObjectBytes].
    byte[] head() {
        return ObjectBytes.head(stored).getBytes(StandardCharsets.UTF_8);
    }

    /// Of the prefix alone: a watcher asks for it at every event, and hashing a whole definition is longer than sending what was encoded.
    @Override
    public int hashCode() {
        return prefix.hashCode();
    }
}
