package home.oikos.apiserver;

import home.oikos.api.JsonObject;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// One write as admission plugins see it.
/// @param name empty where the server will make one up
/// @param subresource empty for the object itself
/// @param old the object before; null on create
/// @param warn hears what the user should be told though the write goes on
/// @param annotate writes a key and its value beside the request in the audit log
public record Admission(Operation operation, Resource resource, String subresource, String namespace, String name, User user,
        JsonObject old,
        boolean dryRun, Consumer<String> warn, BiConsumer<String, String> annotate) {
    /// The same write, told about to others.
    Admission told(Consumer<String> otherWarn, BiConsumer<String, String> otherAnnotate) {
        return new Admission(operation, resource, subresource, namespace, name, user, old, dryRun, otherWarn, otherAnnotate);
    }
}
