package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.FieldError;
import home.oikos.api.GroupVersion;
import home.oikos.api.GroupVersionKind;
import home.oikos.api.JsonObject;
import home.oikos.http.Request;
import home.oikos.http.Response;
import java.util.List;

/// `/scale`: the number of replicas of whatever has replicas, as one kind (autoscaling/v1 Scale).
final class ScaleHandler implements SubresourceHandler {
    static final GroupVersionKind SCALE = new GroupVersion("autoscaling", "v1").kind("Scale");
    private static final BodyKind BODY = BodyKind.builtIn(SCALE);

    private final Reader reader;
    private final Registry registry;
    private final Decoder decoder;
    private final Patcher patcher;

    ScaleHandler(Reader reader, Registry registry, Decoder decoder, Patcher patcher) {
        this.reader = reader;
        this.registry = registry;
        this.decoder = decoder;
        this.patcher = patcher;
    }

    @Override
    public void handle(Request request, Response response, Resource resource, ApiCall call) throws Exception {
        var accepted = Accepted.choose(request, Accepted.OF_ONE, resource.custom());
        switch (call.verb()) {
            case "get" -> send(response, accepted, ObjectBytes.tree(reader.entry(resource, call)), resource);
            case "update" -> update(request, response, accepted,
                    WriteCall.of(resource, call, WriteHandlers.user(request), WriteOptions.read(request, "UpdateOptions")));
            case "patch" -> patch(request, response, accepted,
                    WriteCall.of(resource, call, WriteHandlers.user(request), WriteOptions.readPatch(request)));
            default -> throw new ApiException(ApiStatus.methodNotAllowed());
        }
    }

    private void update(Request request, Response response, Accepted accepted, WriteCall write) throws Exception {
        var scale = decoder.read(request, write, BODY);
        WriteHandlers.checkName(scale, write);
        answer(response, accepted, write, registry.update(write, old -> scaled(old, scale, write)));
    }

    private void patch(Request request, Response response, Accepted accepted, WriteCall write) throws Exception {
        var type = Patcher.mediaType(request);
        var body = RequestBody.read(request);
        var patch = type.equals(Applier.MEDIA_TYPE) ? Applier.asMerge(body, BODY.schema()) : ObjectPatch.read(type, body, false);
        answer(response, accepted, write, registry.update(write, old -> {
            var paths = write.resource().rules().scale();
            return scaled(old, patcher.patched(patch, paths.scale(old), write, BODY), write);
        }));
    }

    private static JsonObject scaled(JsonObject old, JsonObject scale, WriteCall write) {
        long replicas = scale.at("spec", "replicas").integer(0L);
        // Of a custom resource its own schema tells what is wrong.
        if (replicas < 0 && !write.resource().custom()) {
            var error = FieldError.invalid("spec.replicas", replicas, "must be greater than or equal to 0");
            throw new ApiException(ApiStatus.invalid(SCALE, write.name(), List.of(error)));
        }
        var changed = write.resource().rules().scale().withReplicas(old, replicas);
        return changed.withAt(scale.at("metadata", "resourceVersion").text(""), "metadata", "resourceVersion");
    }

    private static void answer(Response response, Accepted accepted, WriteCall write, Written written) {
        WriteHandlers.warn(response, write);
        send(response, accepted, home.oikos.api.Json.parse(written.stored()).object(), write.resource());
    }

    private static void send(Response response, Accepted accepted, JsonObject object, Resource resource) {
        var scale = resource.rules().scale();
        if (resource.custom() && !scale.hasReplicas(object)) {
            throw new ApiException(ApiStatus.internalError("the spec replicas field \"." + String.join(".", scale.specReplicas())
                    + "\" does not exist"));
        }
        response.send(200, accepted.type().text(), WireFormat.encode(accepted.type(), scale.scale(object)));
    }
}
