package home.oikos.dist;

import home.oikos.api.ApiException;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.client.DeleteOptions;
import home.oikos.client.Resource;
import home.oikos.controller.Condition;
import home.oikos.firmware.Firmware;
import java.io.IOException;
import java.io.InputStream;

/// Brings an image into the home: the object that says what it is, then its bytes, unless they are here.
final class FirmwarePush {
    private static final Resource CONTENT = Resource.namespaced("gateway.oikos.home/v1alpha1", "firmwares", "FirmwareContent");

    private final ApiClient client;

    FirmwarePush(ApiClient client) {
        this.client = client;
    }

    /// Opens the bytes; called only when they are wanted.
    @FunctionalInterface
    interface Bytes {
        InputStream open() throws IOException;
    }

    /// A Firmware that is made here and whose bytes the home refuses is taken back.
    /// @param object a Firmware, as the API takes it
    /// @return whether bytes were sent
    boolean push(JsonObject object, Bytes bytes) throws IOException {
        var key = ObjectKey.of(object);
        boolean made = client.find(Firmware.RESOURCE, key).isEmpty();
        var applied = client.apply(Firmware.RESOURCE, object, true);
        if (Condition.isTrue(applied.at("status", "conditions"), "Stored")) return false;
        try (var in = bytes.open()) {
            client.upload(CONTENT, key, "content", in, object.at("spec", "sizeBytes").integer(0L));
            return true;
        } catch (ApiException refused) {
            if (made) client.deleteIfPresent(Firmware.RESOURCE, key, DeleteOptions.DEFAULT);
            throw refused;
        }
    }
}
