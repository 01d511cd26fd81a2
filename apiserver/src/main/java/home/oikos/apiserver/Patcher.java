package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.Json;
import home.oikos.api.JsonException;
import home.oikos.api.JsonObject;
import home.oikos.api.JsonParser;
import home.oikos.api.Reason;
import home.oikos.api.StatusDetails;
import home.oikos.http.BodyTooLargeException;
import home.oikos.http.Request;
import java.io.IOException;

/// PATCH in its four forms.
final class Patcher {
    private final Registry registry;
    private final Decoder decoder;

    Patcher(Registry registry, Decoder decoder) {
        this.registry = registry;
        this.decoder = decoder;
    }

    Written patch(Request request, WriteCall write) throws IOException, BodyTooLargeException {
        var type = request.header("Content-Type").orElse("");
        int semicolon = type.indexOf(';');
        return switch (semicolon < 0 ? type : type.substring(0, semicolon)) {
            case "application/merge-patch+json" -> merge(write, RequestBody.read(request));
            default -> throw new ApiException(ApiStatus.failure(Reason.UNSUPPORTED_MEDIA_TYPE, "415: Unsupported Media Type", StatusDetails.EMPTY));
        };
    }

    private Written merge(WriteCall write, byte[] body) throws IOException {
        var patch = parse(body);
        return registry.update(write, old -> {
            var patched = merged(forPatch(old), patch).object();
            WriteHandlers.checkName(patched, write);
            WriteHandlers.checkNamespace(patched, write);
            return decoder.typed(patched, write, write.resource().kind(), write.resource().definition().schema(), java.util.List.of());
        });
    }

    /// Without its version, so that only a patch that names one depends on it.
    private static JsonObject forPatch(JsonObject old) {
        return old.with("metadata", Metadata.of(old).without("resourceVersion"));
    }

    private static Json parse(byte[] body) {
        try {
            return new JsonParser(body, _ -> { }).document();
        } catch (JsonException e) {
            throw new ApiException(Reason.BAD_REQUEST, "error decoding patch: %s", e.getMessage());
        }
    }

    private static Json merged(Json target, Json patch) {
        if (!(patch instanceof JsonObject changes)) return patch;
        var result = target.object();
        for (var change : changes.members().entrySet()) {
            result = change.getValue().isNull() ? result.without(change.getKey())
                    : result.with(change.getKey(), merged(result.at(change.getKey()), change.getValue()));
        }
        return result;
    }
}
