package home.oikos.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The ten attacks on software updates that TUF names (the security section of its specification), each against our rules.
class TufAttacksTest {
    private static final Instant NOW = Instant.parse("2026-11-30T06:00:00Z");

    private final TestKey vendor = TestKey.ed25519("vendor");
    private final TestKey shop = TestKey.ed25519("shop");
    private final TestKey attacker = TestKey.ed25519("attacker");
    private final Rules rules = new Rules();

    /// What a dishwasher that runs 2.0.0 is told: the name of the rule, or that it may.
    private String asked(Firmware firmware, JsonObject model) {
        return asked(firmware, model, "2.0.0", false);
    }

    private String asked(Firmware firmware, JsonObject model, String runs, boolean downgrade) {
        var refusal = rules.refusal(firmware, new Rules.Candidate("dishwasher", model, "", runs, downgrade), NOW);
        return refusal.map(words -> words.split(" ")[4]).orElse("may");
    }

    private static Firmware changed(Firmware firmware, String field, Object value) {
        var spec = JsonObject.of("modelName", firmware.modelName(), "version", firmware.version().text(), "sha256", firmware.sha256(),
                "sizeBytes", firmware.sizeBytes(), "signatures", firmware.signatures().stream()
                        .map(signed -> JsonObject.of("keyId", signed.keyId(), "signature", signed.signature())).toList());
        var metadata = JsonObject.of("namespace", "home", "name", firmware.key().name());
        return Firmware.read(JsonObject.of("metadata", metadata, "spec", spec.with(field, value)));
    }

    @Test
    void arbitraryInstallationIsRefused() {
        var theirs = TestKey.unsigned("2.1.0");
        assertEquals("Unsigned", asked(theirs, TestKey.model(vendor)));
        assertEquals("BadSignature", asked(TestKey.signed(theirs, attacker), TestKey.model(vendor)));
        var disguised = new TestKey("vendor", attacker.algorithm(), attacker.pair());
        assertEquals("BadSignature", asked(TestKey.signed(theirs, disguised), TestKey.model(vendor)));
        assertEquals("may", asked(TestKey.signed(theirs, vendor), TestKey.model(vendor)));
    }

    @Test
    void endlessDataEndsAtTheSizeThatWasSigned(@TempDir Path folder) throws Exception {
        var store = ContentStore.open(folder, ContentStore.QUOTA_BYTES, Clock.systemUTC());
        var endless = new InputStream() {
            private long given;

            @Override
            public int read() {
                given++;
                return 0;
            }
        };
        var refusal = assertThrows(ApiException.class, () -> store.receive(TestKey.DIGEST, 100_000, endless));
        assertEquals("expected 100000 bytes, found more; nothing of them was kept", refusal.getMessage());
        assertEquals(100_001, endless.given);
        try (var left = Files.list(folder)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void extraneousDependenciesAreNotAskedFor() {
        var firmware = TestKey.signed(TestKey.unsigned("2.1.0"), vendor);
        var more = changed(firmware, "dependencies", List.of("malware-1-0-0"));
        assertEquals(firmware, more, "an image is all there is: nothing else can be named");
        // A line smuggled into the statement is another statement.
        assertEquals("NotPlain", asked(TestKey.signed(changed(firmware, "hardwareIds", List.of("rev-a\ndependencies: malware")), vendor),
                TestKey.model(vendor)));
        assertEquals("NotPlain", asked(TestKey.signed(changed(firmware, "hardwareIds", List.of("rev-a,rev-b")), vendor), TestKey.model(vendor)));
    }

    @Test
    void fastForwardLeavesNoMark() {
        var leap = TestKey.signed(TestKey.unsigned("2147483647.0.0"), attacker);
        assertEquals("BadSignature", asked(leap, TestKey.model(vendor)));
        assertEquals("may", asked(TestKey.signed(TestKey.unsigned("2.1.0"), vendor), TestKey.model(vendor)), "only what runs sets the floor");
        // A device that was brought there by a key that is stolen now comes back by a wilful downgrade.
        var good = TestKey.signed(TestKey.unsigned("2.1.0"), vendor);
        assertEquals("OlderVersion", asked(good, TestKey.model(vendor), "2147483647.0.0", false));
        assertEquals("may", asked(good, TestKey.model(vendor), "2147483647.0.0", true));
    }

    @Test
    void indefiniteFreezeEndsWithTheExpiry() {
        var expiring = TestKey.signed(changed(TestKey.unsigned("2.1.0"), "expirationTime", "2026-11-30T06:00:01Z"), vendor);
        var device = new Rules.Candidate("dishwasher", TestKey.model(vendor), "", "2.0.0", false);
        assertEquals(Optional.empty(), rules.refusal(expiring, device, NOW));
        assertEquals("refused by firmware rule Expired (dishwasher-2-1-0): it has expired at 2026-11-30T06:00:01Z; who made it signs it anew",
                rules.refusal(expiring, device, NOW.plusSeconds(1)).orElseThrow());
        var prolonged = changed(expiring, "expirationTime", "2036-11-30T06:00:01Z");
        assertEquals("BadSignature", asked(prolonged, TestKey.model(vendor)), "nobody but who signs can prolong it");
        var unreadable = TestKey.signed(changed(TestKey.unsigned("2.1.0"), "expirationTime", "2026-12-31T25:00:00Z"), vendor);
        assertEquals("Expired", asked(unreadable, TestKey.model(vendor)), "a time that cannot be read is over");
    }

    @Test
    void maliciousMirrorBringsNothingButWhatWasSigned(@TempDir Path folder) throws Exception {
        var store = ContentStore.open(folder, ContentStore.QUOTA_BYTES, Clock.systemUTC());
        var refusal = assertThrows(ApiException.class, () -> store.receive(TestKey.DIGEST, 3,
                new ByteArrayInputStream("bar".getBytes(StandardCharsets.UTF_8))));
        assertEquals("expected bytes with sha256 %s, found fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9; nothing of them was kept"
                .formatted(TestKey.DIGEST), refusal.getMessage());
        assertEquals(Optional.empty(), store.find(TestKey.DIGEST));
    }

    @Test
    void mixAndMatchOfPartsIsRefused() {
        var old = TestKey.signed(TestKey.unsigned("1.0.0"), vendor);
        var other = "fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9";
        for (var part : List.of(Json.of("2.1.0"), Json.of(other))) {
            assertEquals("BadSignature", asked(changed(old, part.text("").length() == 64 ? "sha256" : "version", part), TestKey.model(vendor)));
        }
        assertEquals("BadSignature", asked(changed(TestKey.signed(TestKey.unsigned("2.1.0"), vendor), "sizeBytes", 4), TestKey.model(vendor)));
        assertEquals("BadSignature", asked(changed(TestKey.signed(TestKey.unsigned("2.1.0"), vendor), "hardwareIds", List.of("rev-b")), TestKey.model(vendor)));
    }

    @Test
    void rollbackIsRefusedUnlessItIsMeant() {
        var older = TestKey.signed(TestKey.unsigned("1.9.9"), vendor);
        assertEquals("OlderVersion", asked(older, TestKey.model(vendor)));
        assertEquals("may", asked(older, TestKey.model(vendor), "2.0.0", true));
        assertEquals("OlderVersion", asked(TestKey.signed(TestKey.unsigned("2.0.0-rc1"), vendor), TestKey.model(vendor)));
    }

    @Test
    void oneCompromisedKeySignsNothingAndATakenBackKeyNothingAnyMore() {
        var both = TestKey.model(vendor, shop).with("threshold", 2);
        var stolen = TestKey.signed(TestKey.unsigned("2.1.0"), vendor);
        assertEquals("TooFewSignatures", asked(stolen, both));
        assertEquals("may", asked(TestKey.signed(TestKey.unsigned("2.1.0"), vendor, shop), both));
        assertEquals("may", asked(stolen, TestKey.model(vendor, shop)));
        assertEquals("BadSignature", asked(stolen, TestKey.model(shop)), "a key is taken back by taking it out of the model");
    }

    @Test
    void wrongSoftwareIsRefusedByModelAndHardware() {
        var fridge = new Firmware(new ObjectKey("home", "fridge-2-1-0"), "fridge", List.of(), new FirmwareVersion("2.1.0"), TestKey.DIGEST, 3,
                Optional.empty(), List.of());
        assertEquals("WrongModel", asked(TestKey.signed(fridge, vendor), TestKey.model(vendor)));
        var model = TestKey.model(vendor).with("hardwareIds", List.of("rev-a", "rev-b"));
        var revB = TestKey.signed(changed(TestKey.unsigned("2.1.0"), "hardwareIds", List.of("rev-b")), vendor);
        var device = new Rules.Candidate("dishwasher", model, "rev-a", "2.0.0", false);
        assertEquals("refused by firmware rule WrongHardware (dishwasher-2-1-0): it is for hardware rev-b, and the device has rev-a",
                rules.refusal(revB, device, NOW).orElseThrow());
        assertEquals("WrongHardware", asked(revB, model), "nobody knows which it has");
        assertEquals("WrongHardware", asked(TestKey.signed(TestKey.unsigned("2.1.0"), vendor), model), "an image must say for which of several it is");
        assertEquals("may", asked(TestKey.signed(changed(TestKey.unsigned("2.1.0"), "hardwareIds", List.of("rev-b", "rev-a")), vendor), model),
                "it fits them all");
        assertEquals(Optional.empty(), rules.refusal(revB, new Rules.Candidate("dishwasher", model, "rev-b", "2.0.0", false), NOW));
    }
}
