package home.oikos.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Safety holds in the house itself, not only in what the API says of it.
class SafetyTest {
    private static final Duration FLOOD = Duration.ofSeconds(12);
    private static Machine machine;
    private static Home home;

    @BeforeAll
    static void bringUp() throws Exception {
        machine = Machine.create();
        home = Home.on(machine);
        home.up("--demo", "--no-containers");
        // The demo's protective times are those of a real compressor; a test waits out none of them.
        home.kubectl("-n", "home", "patch", "interlock", "heater-xor-cooler", "--type=merge", "-p", "{\"spec\":{\"deadTimeSeconds\":1}}").run();
        home.kubectl("patch", "devicemodel", "fermenter-cooler", "--type=json", "-p",
                "[{\"op\":\"replace\",\"path\":\"/spec/properties/0/minimumOffSeconds\",\"value\":0}]").run();
    }

    @AfterAll
    static void takeDown() throws Exception {
        try (var _ = machine; var _ = home) { }
    }

    /// Whether the reading was lost in the broker, in the gateway, in the reaction or on the way back, depends on the delay.
    @ParameterizedTest
    @ValueSource(ints = {0, 20, 60, 150, 400})
    void theValveShutsAfterALeakThoughOikosIsKilledInBetween(int delayMillis) throws Exception {
        openTheValve();
        home.hand("leak-sensor", "wet", true);
        Thread.sleep(delayMillis);
        home.kill("serve");
        Eventually.becomes("the valve is shut", false, () -> home.isOn("water-valve", "open"));
        Eventually.becomes("and wanted shut", "false", () -> home.field("{.spec.desired.open}", "-n", "home", "device", "water-valve"));
    }

    @Test
    void aValveThatWasAwayWhenItLeakedShutsOnItsReturnThoughOikosIsKilledMeanwhile() {
        openTheValve();
        home.fault("water-valve", "drop-off");
        home.hand("leak-sensor", "wet", true);
        Eventually.becomes("the valve is wanted shut", "false", () -> home.field("{.spec.desired.open}", "-n", "home", "device", "water-valve"));
        assertTrue(home.isOn("water-valve", "open"), "the valve cannot have heard");
        home.kill("serve");
        home.mend("water-valve");
        Eventually.becomes("the valve is shut", false, () -> home.isOn("water-valve", "open"));
    }

    private static void openTheValve() {
        home.mend("leak-sensor");
        home.hand("leak-sensor", "wet", false);
        Eventually.passes("the API knows that the cellar is dry and opens the valve", () -> {
            assertEquals("false", home.field("{.status.reported.wet.value}", "-n", "home", "device", "leak-sensor"));
            home.set("water-valve", "open", true);
            assertTrue(home.isOn("water-valve", "open"));
            assertEquals("True", home.condition("water-valve", "InSync"));
        });
    }

    @Test
    void whatTheInterlockForbidsIsRefusedByName() {
        set("fermenter-cooler", false);
        set("fermenter-heater", true);
        var refused = home.kubectl("-n", "home", "patch", "device", "fermenter-cooler", "--type=merge", "-p",
                "{\"spec\":{\"desired\":{\"on\":true}}}").tryRun();
        assertNotEquals(0, refused.status());
        assertTrue(refused.err().contains("heater-xor-cooler"), refused.err());
        var told = home.oikos("set", "fermenter-cooler", "on=true").tryRun();
        assertEquals(1, told.status());
        assertTrue((told.text() + told.err()).contains("heater-xor-cooler"), told.text() + told.err());
        set("fermenter-heater", false);
    }

    @Test
    void heaterAndCoolerAreNeverOnTogetherUnderAFloodOfUsersAndAReaction() throws Exception {
        home.apply("""
                apiVersion: oikos.home/v1alpha1
                kind: Reaction
                metadata: {name: cools-what-is-heated, namespace: home}
                spec:
                  when: device("fermenter-heater").on
                  steps:
                  - set: {deviceName: fermenter-cooler, desired: {on: true}}
                """);
        var over = new AtomicBoolean();
        var heated = new AtomicInteger();
        var cooled = new AtomicInteger();
        var refused = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var users = new ArrayList<Future<?>>();
            for (int user = 0; user < 6; user++) {
                int self = user;
                users.add(threads.submit(() -> {
                    flood(self, over, refused);
                    return null;
                }));
            }
            Eventually.holds(FLOOD, () -> {
                var truth = home.ask(JsonObject.of("truth", true));
                boolean heater = truth.at("fermenter-heater", "on").bool(false);
                boolean cooler = truth.at("fermenter-cooler", "on").bool(false);
                if (heater) heated.incrementAndGet();
                if (cooler) cooled.incrementAndGet();
                assertTrue(!heater || !cooler, "heater and cooler are on together");
            });
            over.set(true);
            for (var one : users) one.get();
        } finally {
            over.set(true);
            home.kubectl("-n", "home", "delete", "reaction", "cools-what-is-heated").run();
        }
        System.out.printf("flood: seen heating %d times and cooling %d times, %d writes refused%n", heated.get(), cooled.get(), refused.get());
        assertTrue(heated.get() + cooled.get() > 0, "the flood moved nothing");
        // Wishes that change faster than the dead time may starve one of the two; once the flood is over either can be had again.
        set("fermenter-heater", false);
        set("fermenter-cooler", true);
        set("fermenter-cooler", false);
        set("fermenter-heater", true);
    }

    /// One user who wants now this, now that, as fast as answers come.
    private static void flood(int self, AtomicBoolean over, AtomicInteger refused) throws Exception {
        var client = home.client();
        for (int i = self; !over.get(); i++) {
            var device = (i / 3 + self) % 2 == 0 ? "fermenter-heater" : "fermenter-cooler";
            var call = Home.patch(device, i % 3 != 0);
            if (!client.exchange(call).isSuccess()) refused.incrementAndGet();
        }
    }

    private static void set(String device, boolean on) {
        Eventually.passes(device + " is " + on, () -> {
            home.set(device, "on", on);
            assertEquals(on, home.isOn(device, "on"));
        });
    }
}
