package home.oikos.apiserver;

import home.oikos.api.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// One write on its way through the registry. Used by the thread of its request alone.
/// @param subresource empty for the object itself
/// @param warnings what the client is told in Warning headers, in order
record WriteCall(Resource resource, String namespace, String name, String subresource, User user, WriteOptions options,
        List<String> warnings) {
    static WriteCall of(Resource resource, ApiCall call, User user, WriteOptions options) {
        return new WriteCall(resource, call.namespace(), call.name(), call.subresource(), user, options, new ArrayList<>());
    }

    /// A write by the server itself.
    static WriteCall system(Resource resource, String namespace, String name) {
        return new WriteCall(resource, namespace, name, "", User.of("system:apiserver", "system:masters"),
                WriteOptions.own(false, "oikos-apiserver"), new ArrayList<>());
    }

    WriteCall named(String other) {
        return new WriteCall(resource, namespace, other, subresource, user, options, warnings);
    }

    WriteCall through(String otherSubresource, WriteOptions otherOptions) {
        return new WriteCall(resource, namespace, name, otherSubresource, user, otherOptions, warnings);
    }

    Admission admission(Operation operation, JsonObject old) {
        return new Admission(operation, resource, subresource, namespace, name, user, old, options.dryRun(), warnings::add,
                AuditNotes::add);
    }
}
