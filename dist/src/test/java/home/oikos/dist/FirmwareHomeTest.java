package home.oikos.dist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.ApiException;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.api.Yaml;
import home.oikos.cli.Cli;
import home.oikos.cli.Home;
import home.oikos.cli.Manifest;
import home.oikos.cli.Screen;
import home.oikos.client.ApiClient;
import home.oikos.client.Call;
import home.oikos.client.NetworkTransport;
import home.oikos.client.Patch;
import home.oikos.client.Resource;
import home.oikos.firmware.ContentStore;
import home.oikos.firmware.Firmware;
import home.oikos.host.Instance;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Images in a home that runs: over the network, by the command line, with the rights that people have.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FirmwareHomeTest {
    private static final ObjectKey DISHWASHER = new ObjectKey("home", "dishwasher");
    private static final Resource CONTENT = Resource.namespaced("gateway.oikos.home/v1alpha1", "firmwares", "FirmwareContent");

    @TempDir
    static Path folder;
    private Instance instance;
    private HomeServer server;
    private ApiClient admin;

    @BeforeAll
    void start() throws Exception {
        instance = Instance.of(folder.resolve("data")).prepare();
        Settings.DEFAULT.withApi("127.0.0.1", Ports.free(17_700)).withContainers(false).withBrokerPort(0).write(instance.dataDir());
        open();
        for (var object : Yaml.parseAll(new String(resource("house.yaml"), StandardCharsets.UTF_8))) Manifest.apply(admin, object, "default", true);
        DemoFirmware.of(new Home(instance.dataDir(), Clock.systemUTC())).apply();
    }

    private void open() throws Exception {
        var clock = Clock.systemUTC();
        var settings = Settings.read(instance.dataDir());
        server = HomeServer.start(instance, settings, clock, new SecureRandom(), new Journal(instance.dataDir(), clock));
        admin = new ApiClient(new NetworkTransport(OtherApi.config(instance.dataDir().resolve("kubeconfig")))).fieldManager("admin");
        server.awaitReady();
    }

    private void close() throws Exception {
        if (admin != null) admin.transport().close();
        if (server != null) server.close();
    }

    @AfterAll
    void stop() throws Exception {
        close();
        Folders.remove(instance.runDir());
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = FirmwareHomeTest.class.getResourceAsStream("/blueprints/" + name)) {
            return in.readAllBytes();
        }
    }

    private static ObjectKey named(String name) {
        return new ObjectKey("home", name);
    }

    /// What the verb says, on both ways out.
    private String oikos(String... words) {
        var arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("--data", instance.dataDir().toString()));
        return verb("firmware", screen -> new FirmwareProgram(new Home(Clock.systemUTC()), screen), arguments.toArray(String[]::new));
    }

    private static String verb(String name, Function<Screen, Callable<Integer>> program, String... arguments) {
        var said = new ByteArrayOutputStream();
        var out = new PrintStream(said, true, StandardCharsets.UTF_8);
        var screen = new Screen(out, out, InputStream.nullInputStream());
        new Cli(screen, Clock.systemUTC(), Map.of(name, program.apply(screen))).run(name, List.of(arguments));
        return said.toString(StandardCharsets.UTF_8);
    }

    /// An image of the three bytes `foo`.
    private static Firmware three(String name) {
        var spec = JsonObject.of("modelName", "dishwasher", "version", "1", "sizeBytes", 3, "sha256",
                "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae");
        return Firmware.read(JsonObject.of("metadata", JsonObject.of("namespace", "home", "name", name), "spec", spec));
    }

    private byte[] content(ApiClient client, String name) throws IOException {
        try (var answer = client.stream(Call.of("GET", CONTENT.path(named(name)) + "/content"))) {
            return answer.body().readAllBytes();
        }
    }

    private void wish(String firmware) {
        admin.patch(OtherApi.DEVICES, DISHWASHER, Patch.merge("spec", JsonObject.of("firmware", JsonObject.of("firmwareName", firmware))));
    }

    @Test
    void theDemosImagesAreHereSignedAndOutliveARestart() throws Exception {
        for (var name : List.of("dimmable-light-1-1-0", "dishwasher-2-1-0", "dishwasher-2-2-0", "fridge-1-1-0")) {
            new Watching(admin).until(Firmware.RESOURCE, named(name), found -> OtherApi.isTrue(found, "Stored") && OtherApi.isTrue(found, "Verified"));
            assertArrayEquals(resource("firmware/" + name + ".json"), content(admin, name));
        }
        assertTrue(oikos("list").matches("(?s).*dishwasher-2-1-0 +dishwasher +2.1.0 +60 bytes +here +yes +never\n.*"), oikos("list"));
        close();
        open();
        assertArrayEquals(resource("firmware/fridge-1-1-0.json"), content(admin, "fridge-1-1-0"));
        DemoFirmware.of(new Home(instance.dataDir(), Clock.systemUTC())).apply();
        assertTrue(OtherApi.isTrue(admin.get(Firmware.RESOURCE, named("fridge-1-1-0")), "Verified"), "the same key signs again");
    }

    @Test
    void aWishThatTheRulesForbidIsRefusedInTheirWords() {
        var refusal = assertThrows(ApiException.class, () -> wish("fridge-1-1-0"));
        assertEquals("devices.oikos.home \"dishwasher\" is forbidden: refused by firmware rule WrongModel (fridge-1-1-0): it is for model fridge,"
                + " and the device is of model dishwasher", refusal.getMessage());
        assertTrue(assertThrows(ApiException.class, () -> wish("none")).getMessage().endsWith("there is no Firmware none in namespace home"));
        wish("dishwasher-2-1-0");
    }

    @Test
    void aKeyAnImageAndASecondSignature() throws Exception {
        var image = folder.resolve("image.bin");
        var bytes = new byte[3_000_000];
        new Random(5).nextBytes(bytes);
        Files.write(image, bytes);
        var first = folder.resolve("first.key").toString();
        assertTrue(oikos("key", first, "--model", "dishwasher").endsWith("  model dishwasher believes it as first\n"));
        assertEquals(first + " is there already; a key overwrites nothing\n", oikos("key", first, "--model", "dishwasher"));
        assertEquals("""
                dishwasher-3-0-0 is here: 3000 kB, signed by nobody
                  no device gets it before that: ./oikos firmware sign dishwasher-3-0-0 --sign KEY
                """, oikos("push", image.toString(), "--model", "dishwasher", "--version", "3.0.0"));
        new Watching(admin).until(Firmware.RESOURCE, named("dishwasher-3-0-0"), found -> OtherApi.isTrue(found, "Stored"));
        assertArrayEquals(bytes, content(admin, "dishwasher-3-0-0"));
        assertTrue(assertThrows(ApiException.class, () -> wish("dishwasher-3-0-0")).getMessage().contains("rule Unsigned"));
        assertEquals("dishwasher-3-0-0 is signed by first\n", oikos("sign", "dishwasher-3-0-0", "--sign", first));
        new Watching(admin).until(Firmware.RESOURCE, named("dishwasher-3-0-0"), found -> OtherApi.isTrue(found, "Verified"));
        assertTrue(oikos("sign", "dishwasher-3-0-0", "--sign", image.toString()).startsWith("expected a PEM block PRIVATE KEY"));
        assertEquals("dishwasher-3-0-0 was here already: 3000 kB, signed by first\n",
                oikos("push", image.toString(), "--model", "dishwasher", "--version", "3.0.0", "--sign", first));
        assertTrue(oikos("push", image.toString(), "--model", "fridge", "--version", "3.0.0", "--sign", first).startsWith("model fridge names no key"));
        assertTrue(oikos("show", "dishwasher-3-0-0").contains("  verified   signed as model dishwasher asks for\n"));
        assertTrue(oikos("statement", image.toString(), "--model", "m", "--version",
                "1").startsWith("oikos-firmware-v1\nmodel: m\nhardware: \nversion: 1\nsha256: "));
        assertTrue(oikos("delete", "dishwasher-3-0-0").startsWith("dishwasher-3-0-0 is gone"));
    }

    @Test
    void bytesThatAreNotThoseOfTheFirmwareAreRefusedOverTheNetwork() throws Exception {
        var firmware = three("wrong");
        admin.create(Firmware.RESOURCE, firmware.toJson());
        for (var wrong : List.of("fo", "foo!", "bar")) {
            var bytes = wrong.getBytes(StandardCharsets.UTF_8);
            var refusal = assertThrows(ApiException.class, () -> admin.upload(CONTENT, named("wrong"), "content", new ByteArrayInputStream(bytes),
                    bytes.length));
            assertEquals(400, refusal.code(), refusal.getMessage());
        }
        var large = new byte[5 << 20];
        var refusal = assertThrows(ApiException.class, () -> admin.upload(CONTENT, named("wrong"), "content", new ByteArrayInputStream(large), large.length));
        assertEquals("firmware wrong has 3 bytes, found a body of 5242880", refusal.getMessage());
        assertThrows(ApiException.class, () -> content(admin, "wrong"));
        var changed = assertThrows(ApiException.class, () -> admin.patch(Firmware.RESOURCE, named("wrong"), Patch.merge("spec", JsonObject.of("version",
                "2"))));
        assertTrue(changed.getMessage().contains("stay as they are; make another"), changed.getMessage());
    }

    @Test
    void aPushThatIsRefusedLeavesNoFirmware() {
        var object = three("torn").toJson();
        assertThrows(ApiException.class, () -> new FirmwarePush(admin).push(object, () -> new ByteArrayInputStream("bar".getBytes(StandardCharsets.UTF_8))));
        assertTrue(admin.find(Firmware.RESOURCE, named("torn")).isEmpty());
    }

    @Test
    void aBackupHoldsTheBytes() throws Exception {
        var backup = folder.resolve("backup").toString();
        var recovery = instance.runDir().resolve(Keys.RECOVERY).toString();
        var restored = folder.resolve("restored");
        assertTrue(verb("backup", screen -> new Backup(new Home(Clock.systemUTC()), screen), backup, "--data", instance.dataDir().toString())
                .contains("holds the home"));
        assertTrue(verb("restore", screen -> new Restore(new Home(Clock.systemUTC()), screen), backup, "--recovery-key-file", recovery, "--data",
                restored.toString()).startsWith("The home is back"));
        var digest = admin.get(Firmware.RESOURCE, named("dishwasher-2-1-0")).at("spec", "sha256").text("");
        var content = ContentStore.open(restored.resolve("firmware"), ContentStore.QUOTA_BYTES, Clock.systemUTC()).find(digest).orElseThrow();
        assertArrayEquals(resource("firmware/dishwasher-2-1-0.json"), Files.readAllBytes(content.file()));
    }

    @Test
    void whoOnlySeesTheHomeSeesNoBytesAndBringsNone() {
        var viewer = admin.asServiceAccount(new ObjectKey(HomeServer.NAMESPACE, "viewer"));
        assertEquals("dishwasher", viewer.get(Firmware.RESOURCE, named("dishwasher-2-2-0")).at("spec", "modelName").text(""));
        assertEquals(403, assertThrows(ApiException.class, () -> content(viewer, "dishwasher-2-2-0")).code());
        assertEquals(403, assertThrows(ApiException.class, () -> viewer.upload(CONTENT, named("dishwasher-2-2-0"), "content",
                new ByteArrayInputStream(new byte[62]), 62)).code());
        var owner = admin.asServiceAccount(new ObjectKey(HomeServer.NAMESPACE, "owner"));
        assertEquals(62, assertBytes(owner));
    }

    private int assertBytes(ApiClient client) {
        try {
            return content(client, "dishwasher-2-2-0").length;
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }
}
