package home.oikos.apiserver;

import home.oikos.api.JsonObject;
import java.util.function.Consumer;

/// One write as admission plugins see it.
/// @param name empty where the server will make one up
/// @param subresource empty for the object itself
/// @param old the object before; null on create
/// @param warn hears what the user should be told though the write goes on
public record Admission(Operation operation, Resource resource, String subresource, String namespace, String name, User user,
        JsonObject old,
        boolean dryRun, Consumer<String> warn) { }
