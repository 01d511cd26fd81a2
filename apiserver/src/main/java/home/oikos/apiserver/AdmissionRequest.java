package home.oikos.apiserver;

import home.oikos.api.GroupVersionKind;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;

/// A write as admission.k8s.io/v1 puts it: what webhooks are sent and policies see as `request`.
final class AdmissionRequest {
    private AdmissionRequest() { }

    /// @param shown as which resource, maybe in another version, the objects are shown
    static JsonObject of(Admission admission, JsonObject object, Resource shown, String uid) {
        var deletes = admission.operation() == Operation.DELETE;
        return JsonObject.of("uid", uid).withAll(facts(admission, shown)).withAll(JsonObject.of("object",
                deletes ? Json.NULL : as(shown, object, admission), "oldObject",
                admission.old() == null ? Json.NULL : as(shown, admission.old(), admission), "dryRun", admission.dryRun(), "options",
                options(admission)));
    }

    /// Everything but the objects.
    static JsonObject facts(Admission admission, Resource shown) {
        var asked = admission.resource();
        var subresource = admission.subresource().isEmpty() ? null : admission.subresource();
        return JsonObject.of("kind", kind(shown.kind()), "resource", resource(shown), "subResource", subresource, "requestKind",
                kind(asked.kind()), "requestResource", resource(asked), "requestSubResource", subresource, "name", admission.name(),
                "namespace", admission.namespace().isEmpty() ? null : admission.namespace(), "operation", admission.operation().name(),
                "userInfo", user(admission.user()));
    }

    private static JsonObject options(Admission admission) {
        var kind = switch (admission.operation()) {
            case CREATE -> "CreateOptions";
            case UPDATE -> "UpdateOptions";
            case DELETE -> "DeleteOptions";
            case CONNECT -> "";
        };
        return kind.isEmpty() ? null : JsonObject.of("kind", kind, "apiVersion", "meta.k8s.io/v1", "dryRun",
                admission.dryRun() ? java.util.List.of("All") : null);
    }

    private static JsonObject kind(GroupVersionKind kind) {
        return JsonObject.of("group", kind.group(), "version", kind.version(), "kind", kind.kind());
    }

    private static JsonObject resource(Resource resource) {
        var definition = resource.definition();
        return JsonObject.of("group", definition.group(), "version", definition.groupVersion().version(), "resource", definition.plural());
    }

    private static JsonObject user(User user) {
        return JsonObject.of("username", user.name(), "uid", user.uid(), "groups", user.groups(), "extra", user.extra());
    }

    /// The object in the version in which it is shown.
    static JsonObject as(Resource shown, JsonObject object, Admission admission) {
        var asked = admission.resource();
        if (shown.kind().equals(asked.kind())) return object;
        return shown.rules().served(asked.rules().stored(object, asked), shown);
    }
}
