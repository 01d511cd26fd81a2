package home.oikos.dist;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.ApiClient;
import home.oikos.controller.ControllerGroup;
import home.oikos.driver.FirmwareChannel;
import home.oikos.driver.FirmwareImage;
import home.oikos.firmware.ContentApi;
import home.oikos.firmware.ContentStore;
import home.oikos.firmware.Firmware;
import home.oikos.firmware.FirmwareControllers;
import home.oikos.firmware.Rules;
import home.oikos.firmware.StoredContent;
import home.oikos.gateway.FirmwarePart;
import home.oikos.gateway.FirmwareRules;
import home.oikos.gateway.ServedResource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Images of devices: their bytes in DIR/firmware, served as firmwares/content, and the rules that the gateway asks before a device hears of one.
final class FirmwareRoom {
    private final ContentStore store;
    private final List<FirmwareChannel> channels;
    private final Rules rules = new Rules();
    private volatile Optional<ApiClient> client = Optional.empty();

    private FirmwareRoom(ContentStore store, List<FirmwareChannel> channels) {
        this.store = store;
        this.channels = channels;
    }

    static FirmwareRoom open(Path folder, List<FirmwareChannel> channels, Clock clock) throws IOException {
        return new FirmwareRoom(ContentStore.open(folder, ContentStore.QUOTA_BYTES, clock), channels);
    }

    List<ServedResource> resources() {
        return List.of(new ServedResource("firmwares", "content", "FirmwareContent",
                List.of(ServedResource.Verb.get, ServedResource.Verb.create, ServedResource.Verb.update), new ContentApi(store, this::find)::handle));
    }

    /// Until the API answers it has no Firmware to show either.
    private Optional<Firmware> find(ObjectKey key) {
        return client.flatMap(known -> FirmwareControllers.find(known, key));
    }

    /// @param group not started yet
    void addTo(ControllerGroup group) {
        client = Optional.of(group.client());
        FirmwareControllers.addTo(group, store, rules);
    }

    /// @param tokenNamespaces where the Secrets of devices are; the empty name means everywhere
    FirmwarePart part(List<String> tokenNamespaces) {
        return new FirmwarePart(channels, new Asked(store, rules), tokenNamespaces);
    }

    /// The gateway's questions, answered by the rules of the firmware room.
    private record Asked(ContentStore store, Rules rules) implements FirmwareRules {
        @Override
        public Optional<String> refusal(Candidate candidate, Instant now) {
            var device = new Rules.Candidate(candidate.modelName(), candidate.model(), candidate.hardwareId(), candidate.version(), candidate.downgrade());
            return rules.refusal(Firmware.read(candidate.firmware()), device, now);
        }

        @Override
        public Optional<FirmwareImage> image(JsonObject object) {
            var firmware = Firmware.read(object);
            return store.find(firmware.sha256()).filter(content -> content.sizeBytes() == firmware.sizeBytes())
                    .map(content -> new Image(firmware.key().name(), content));
        }
    }

    private record Image(String name, StoredContent content) implements FirmwareImage {
        @Override
        public String fileName() {
            return name + ImageForm.suffix(content);
        }

        @Override
        public long sizeBytes() {
            return content.sizeBytes();
        }

        @Override
        public String sha256() {
            return content.sha256();
        }

        @Override
        public String sha1() {
            return content.sha1();
        }

        @Override
        public String md5() {
            return content.md5();
        }

        @Override
        public InputStream open(long offset) throws IOException {
            return content.open(offset);
        }
    }
}
