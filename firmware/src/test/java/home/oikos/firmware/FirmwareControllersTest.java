package home.oikos.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;

import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.base.StandingClock;
import home.oikos.client.ApiClient;
import home.oikos.client.DeleteOptions;
import home.oikos.client.FakeApi;
import home.oikos.client.Patch;
import home.oikos.client.Resource;
import home.oikos.controller.ControllerGroup;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said of a Firmware, step by step over an API in memory.
class FirmwareControllersTest {
    private static final Resource MODELS = Resource.clusterScoped("oikos.home/v1alpha1", "devicemodels", "DeviceModel");
    private static final ObjectKey DISHWASHER = ObjectKey.clusterScoped("dishwasher");
    private static final byte[] FOO = "foo".getBytes(StandardCharsets.UTF_8);

    private final StandingClock clock = new StandingClock(Instant.parse("2026-11-30T06:00:00Z"));
    private final FakeApi api = new FakeApi(clock, Firmware.RESOURCE, MODELS);
    private final ApiClient client = new ApiClient(api);
    private final TestKey vendor = TestKey.ed25519("vendor");
    private final ControllerGroup group = new ControllerGroup(client, new ControllerGroup.Surroundings(clock, _ -> { }, new Random(1), (_, _, why) -> {
        throw new AssertionError(why);
    }));
    private final Firmware firmware = TestKey.signed(new Firmware(new ObjectKey("home", "dishwasher-2-1-0"), "dishwasher", List.of(),
            new FirmwareVersion("2.1.0"), TestKey.DIGEST, 3, Optional.of(clock.instant().plus(Duration.ofDays(1))), List.of()), vendor);
    private ContentStore store;

    @BeforeEach void open(@TempDir Path folder) throws IOException {
        store = ContentStore.open(folder, 1_000, clock);
        FirmwareControllers.addTo(group, store, new Rules());
    }

    private void settle() {
        group.list();
        while (group.runOnce(clock.instant())) group.list();
    }

    private void make() {
        var signature = firmware.signatures().getFirst();
        client.create(Firmware.RESOURCE, JsonObject.of("metadata", JsonObject.of("namespace", "home", "name", firmware.key().name()), "spec", JsonObject.of(
                "modelName", "dishwasher", "version", "2.1.0", "sha256", TestKey.DIGEST, "sizeBytes", 3, "expirationTime",
                        firmware.expires().orElseThrow().toString(),
                "signatures", JsonArray.of(JsonObject.of("keyId", signature.keyId(), "signature", signature.signature())))));
    }

    private String conditions() {
        settle();
        var told = new StringBuilder();
        for (var condition : client.get(Firmware.RESOURCE, firmware.key()).at("status", "conditions").array()) {
            told.append("%s=%s %s; ".formatted(condition.at("type").text(""), condition.at("status").text(""), condition.at("reason").text("")));
        }
        return told.toString();
    }

    @Test void bothConditionsFollowBytesKeysAndTime() throws Exception {
        make();
        assertEquals("Stored=False Missing; Verified=False NoModel; ", conditions());
        client.create(MODELS, JsonObject.of("metadata", JsonObject.of("name", "dishwasher"), "spec", JsonObject.of("firmware", TestKey.model(vendor))));
        assertEquals("Stored=False Missing; Verified=True Signed; ", conditions());
        store.receive(TestKey.DIGEST, 3, new ByteArrayInputStream(FOO));
        assertEquals("Stored=True Stored; Verified=True Signed; ", conditions());
        clock.advance(Duration.ofDays(1));
        assertEquals("Stored=True Stored; Verified=False Expired; ", conditions());
        client.patch(MODELS, DISHWASHER, Patch.merge("spec", JsonObject.of("firmware", TestKey.model(TestKey.ed25519("other")))));
        assertEquals("Stored=True Stored; Verified=False BadSignature; ", conditions());
    }

    @Test void bytesGoAnHourAfterTheLastFirmwareThatNamedThem() throws Exception {
        make();
        store.receive(TestKey.DIGEST, 3, new ByteArrayInputStream(FOO));
        settle();
        client.delete(Firmware.RESOURCE, firmware.key(), DeleteOptions.DEFAULT);
        settle();
        clock.advance(ContentStore.GRACE.minusSeconds(1));
        settle();
        assertEquals(3, store.find(TestKey.DIGEST).orElseThrow().sizeBytes());
        clock.advance(Duration.ofSeconds(1));
        settle();
        assertEquals(Optional.empty(), store.find(TestKey.DIGEST));
    }

    @Test void bytesThatNobodyNamedWhileTheHomeWasOffGoToo() throws Exception {
        store.receive(TestKey.DIGEST, 3, new ByteArrayInputStream(FOO));
        settle();
        clock.advance(ContentStore.GRACE);
        settle();
        assertEquals(Optional.empty(), store.find(TestKey.DIGEST));
    }
}
