package home.oikos.firmware;

import home.oikos.api.ApiException;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.api.Reason;
import home.oikos.http.RangedContent;
import home.oikos.http.Request;
import home.oikos.http.Response;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/// `gateway.oikos.home` firmwares/content: PUT or POST brings the bytes of a Firmware, GET reads them, whole or by Range. The Firmware is there first
/// and says what the bytes are, so there is nothing to agree on: bytes of another size or digest are refused and leave nothing.
public final class ContentApi {
    private final ContentStore store;
    private final Function<ObjectKey, Optional<Firmware>> firmwares;

    /// @param firmwares what the API holds now, not what a cache remembers: a Firmware may be a moment old
    public ContentApi(ContentStore store, Function<ObjectKey, Optional<Firmware>> firmwares) {
        this.store = store;
        this.firmwares = firmwares;
    }

    /// Answers a request that was authorised already; who is asked about is its attribute of type [ObjectKey].
    public void handle(Request request, Response response) throws IOException {
        var key = request.attribute(ObjectKey.class);
        var firmware = firmwares.apply(key).orElseThrow(() -> new ApiException(Reason.NOT_FOUND, "firmwares.oikos.home \"%s\" not found", key.name()));
        if (request.method().equals("GET")) read(firmware, request, response);
        else receive(firmware, request, response);
    }

    private void read(Firmware firmware, Request request, Response response) throws IOException {
        var content = store.find(firmware.sha256()).orElseThrow(() ->
                new ApiException(Reason.NOT_FOUND, "the bytes of firmware %s are not here; ./oikos firmware push brings them", firmware.key().name()));
        new RangedContent("application/octet-stream", content.sha256(), content.sizeBytes(), content::open).answer(request, response);
    }

    private void receive(Firmware firmware, Request request, Response response) throws IOException {
        var told = request.header("Content-Length").orElse("");
        if (!told.isEmpty() && !told.equals(Long.toString(firmware.sizeBytes()))) {
            throw new ApiException(Reason.BAD_REQUEST, "firmware %s has %d bytes, found a body of %s", firmware.key().name(), firmware.sizeBytes(), told);
        }
        var content = store.receive(firmware.sha256(), firmware.sizeBytes(), request.bodyStream());
        response.send(200, "application/json", JsonObject.of("kind", "FirmwareContent", "apiVersion", "gateway.oikos.home/v1alpha1", "metadata",
                JsonObject.of("namespace", firmware.key().namespace(), "name", firmware.key().name()), "sha256", content.sha256(),
                "sizeBytes", content.sizeBytes()).bytes());
    }
}
