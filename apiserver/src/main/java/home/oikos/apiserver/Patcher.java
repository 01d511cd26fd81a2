package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.DecodeException;
import home.oikos.api.GroupVersionKind;
import home.oikos.api.JsonObject;
import home.oikos.http.BodyTooLargeException;
import home.oikos.http.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// PATCH in its four forms.
final class Patcher {
    private final Registry registry;
    private final Decoder decoder;
    private final Applier applier;

    Patcher(Registry registry, Decoder decoder, Applier applier) {
        this.registry = registry;
        this.decoder = decoder;
        this.applier = applier;
    }

    static String mediaType(Request request) {
        var type = request.header("Content-Type").orElse("");
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
    }

    Written patch(Request request, WriteCall write) throws IOException, BodyTooLargeException {
        var type = mediaType(request);
        var body = RequestBody.read(request);
        if (type.equals(Applier.MEDIA_TYPE)) return applier.apply(write, body);
        var resource = write.resource();
        var patch = ObjectPatch.read(type, body, resource.custom());
        return registry.update(write, old -> patched(patch, old, write, BodyKind.of(resource)));
    }

    /// The object with the patch applied, checked like a body that was sent whole.
    JsonObject patched(ObjectPatch patch, JsonObject old, WriteCall write, BodyKind body) {
        var patched = patch.apply(forPatch(old), body.schema());
        if (!(patched instanceof JsonObject object)) throw patch.invalid("not an object");
        try {
            checkKind(patch, object, body.kind());
            var typed = Decoder.typed(object, body, List.of(), problems -> report(patch, problems, write));
            WriteHandlers.checkName(typed, write);
            WriteHandlers.checkNamespace(typed, write);
            return typed;
        } catch (DecodeException e) {
            throw patch.invalid(Decoder.told(body.kind(), e.getMessage()));
        }
    }

    private void checkKind(ObjectPatch patch, JsonObject object, GroupVersionKind kind) {
        try {
            decoder.checkKind(object, kind);
        } catch (ApiException e) {
            throw patch.invalid(e.getMessage());
        }
    }

    /// Without its version, so that only a patch that names one depends on it.
    private static JsonObject forPatch(JsonObject old) {
        return old.with("metadata", Metadata.of(old).without("resourceVersion"));
    }

    /// Upstream refuses here in the name of the field `patch`, and tells warnings of the patch before those of the outcome.
    private static void report(ObjectPatch patch, List<String> found, WriteCall write) {
        var problems = new ArrayList<String>();
        patch.duplicates().forEach(path -> problems.add("duplicate field \"" + path + "\""));
        problems.addAll(found);
        if (problems.isEmpty()) return;
        switch (write.options().fieldValidation()) {
            case "Strict" -> throw patch.invalid("strict decoding error: " + String.join(", ", problems));
            case "Warn" -> write.warnings().addAll(problems.stream().filter(p -> !write.warnings().contains(p)).toList());
            default -> { }
        }
    }
}
