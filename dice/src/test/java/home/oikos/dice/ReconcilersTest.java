package home.oikos.dice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.api.Yaml;
import home.oikos.base.StandingClock;
import home.oikos.client.ApiClient;
import home.oikos.client.FakeApi;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import home.oikos.controller.ControllerGroup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// EntropySources and Secrets over an API in memory, without the group's threads and with a clock that the test moves.
class ReconcilersTest {
    private static final ObjectKey DICE = new ObjectKey("home", "dice");
    private static final ObjectKey WIFI = new ObjectKey("home", "wifi");
    private static final Machine NO_MACHINE = new Machine() {
        @Override
        public SampleStream device(Path device, int baud) throws IOException {
            throw new IOException("nothing is plugged in");
        }

        @Override
        public SampleStream infnoise() throws IOException {
            throw new IOException("nothing is plugged in");
        }
    };
    private final StandingClock clock = StandingClock.at("2026-01-02T16:00:00Z");
    private final FakeApi api = new FakeApi(clock, Kinds.ENTROPY_SOURCES, Resources.SECRETS, Resources.SERVICES, Resources.EVENTS);
    private final ApiClient client = new ApiClient(api);
    private final List<String> failures = new ArrayList<>();
    private ControllerGroup group;
    private DiceControllers dice;

    @BeforeEach
    void open() {
        group = new ControllerGroup(client, new ControllerGroup.Surroundings(clock, _ -> { }, new Random(1), (name, key, why) ->
                failures.add(name + key + why)));
        dice = DiceControllers.addTo(group, new HomeRandom(new SecureRandom()), NO_MACHINE, List.of(""), _ -> "somebody");
    }

    @AfterEach
    void close() {
        group.close();
        dice.close();
        assertEquals(List.of(), failures);
    }

    private void settle() {
        group.list();
        while (group.runOnce(clock.instant())) group.list();
    }

    private static Json source(String entropy, String block) {
        return Yaml.parse("""
                apiVersion: oikos.home/v1alpha1
                kind: EntropySource
                metadata: {name: dice, namespace: home}
                spec: {minEntropy: "%s", source: {%s}}
                """.formatted(entropy, block));
    }

    private Json status() {
        return client.get(Kinds.ENTROPY_SOURCES, DICE).at("status");
    }

    @Test
    void whatCannotBeIsSaidInTheConditionAndNothingIsRead() {
        for (var wrong : List.of("2", "0.01", "nonsense", "x".repeat(10_000))) {
            client.create(Kinds.ENTROPY_SOURCES, source(wrong, "infnoise: {}"));
            settle();
            assertEquals("Failed", status().at("state").text(""));
            assertEquals("Invalid", status().at("conditions").at(0).at("reason").text(""));
            assertTrue(status().at("message").text("").startsWith("minEntropy: "), status().toString());
            assertTrue(status().at("message").text("").length() < 200);
            client.delete(Kinds.ENTROPY_SOURCES, DICE, home.oikos.client.DeleteOptions.DEFAULT);
            settle();
        }
        for (var wrong : List.of("device: {path: /dev/sda}", "device: {path: /dev/serial/by-id/../../sda}", "device: {path: /etc/shadow}",
                "tcp: {host: x, port: 0}", "carrier-pigeon: {}")) {
            client.create(Kinds.ENTROPY_SOURCES, source("0.9", wrong));
            settle();
            assertEquals("Invalid", status().at("conditions").at(0).at("reason").text(""), wrong);
            client.delete(Kinds.ENTROPY_SOURCES, DICE, home.oikos.client.DeleteOptions.DEFAULT);
            settle();
        }
    }

    @Test
    @Timeout(120)
    void aSourceStatesItsCutoffsAndIsWrittenOnlyWhenSomethingChanged() {
        client.create(Kinds.ENTROPY_SOURCES, source("0.9", "infnoise: {}"));
        settle();
        assertEquals(35, status().at("cutoffs", "repetition").integer(0));
        assertEquals(645, status().at("cutoffs", "proportion").integer(0));
        // The feed is a thread of its own, which finds that nothing is plugged in.
        while (!status().at("state").text("").equals("Failed")) {
            Thread.onSpinWait();
            settle();
        }
        assertTrue(status().at("message").text("").contains("nothing is plugged in"), status().toString());
        var before = client.get(Kinds.ENTROPY_SOURCES, DICE).at("metadata", "resourceVersion");
        clock.advance(Duration.ofDays(1));
        settle();
        assertEquals(before, client.get(Kinds.ENTROPY_SOURCES, DICE).at("metadata", "resourceVersion"));
        assertEquals(1, client.list(Resources.EVENTS, "home").size());
    }

    private void secret(JsonObject annotations, JsonObject data) {
        client.create(Resources.SECRETS, JsonObject.of("apiVersion", "v1", "kind", "Secret", "metadata", JsonObject.of("name", "wifi", "namespace", "home",
                "creationTimestamp", "2026-01-02T16:00:00Z", "annotations", annotations), "data", data));
        settle();
    }

    private String content(String key) {
        return new String(Base64.getDecoder().decode(client.get(Resources.SECRETS, WIFI).at("data", key).text("")), StandardCharsets.UTF_8);
    }

    @Test
    void aSecretThatAsksForItIsFilledOnceAndWhatAPersonWroteIsLeftAlone() {
        secret(JsonObject.of("oikos.home/generate", "password,pin=digits:6,mine"), JsonObject.of("mine", Base64.getEncoder().encodeToString("own".getBytes())));
        assertTrue(content("password").matches("[a-z2-9]{20}"), content("password"));
        assertTrue(content("pin").matches("\\d{6}"));
        assertEquals("own", content("mine"));
        var password = content("password");
        clock.advance(Duration.ofDays(100));
        settle();
        assertEquals(password, content("password"));
    }

    @Test
    void aSecretThatAsksForNothingIsNotTouched() {
        secret(JsonObject.of("other", "x"), JsonObject.EMPTY);
        assertFalse(client.get(Resources.SECRETS, WIFI).at("data").object().names().contains("password"));
    }

    @Test
    void oneWithAScheduleIsMadeAnewWhenItIsDue() {
        secret(JsonObject.of("oikos.home/generate", "password", "oikos.home/rotate", "0 4 * * 1", "oikos.home/time-zone", "UTC"), JsonObject.EMPTY);
        var first = content("password");
        clock.advance(Duration.ofHours(24));
        settle();
        assertEquals(first, content("password"));
        clock.moveTo(java.time.Instant.parse("2026-01-05T04:00:01Z"));
        settle();
        var second = content("password");
        assertNotEquals(first, second);
        clock.advance(Duration.ofMinutes(5));
        settle();
        assertEquals(second, content("password"));
        clock.advance(Duration.ofDays(7));
        settle();
        assertNotEquals(second, content("password"));
    }

    @Test
    void whatAPowerCutMissedIsMadeUpOnceInTheZonesOwnTime() {
        secret(JsonObject.of("oikos.home/generate", "password", "oikos.home/rotate", "0 4 * * 1", "oikos.home/time-zone", "Europe/Berlin"),
                JsonObject.of("ssid", Base64.getEncoder().encodeToString("Guests".getBytes())));
        var first = content("password");
        clock.moveTo(java.time.Instant.parse("2026-01-05T02:59:59Z"));
        settle();
        assertEquals(first, content("password"), "four o'clock is 3:00 UTC there in winter");
        // Five Mondays without power; the group of before is gone.
        clock.moveTo(java.time.Instant.parse("2026-02-05T12:00:00Z"));
        close();
        open();
        settle();
        var second = content("password");
        assertNotEquals(first, second);
        clock.advance(Duration.ofHours(1));
        settle();
        assertEquals(second, content("password"), "five were missed, and one is made up");
        clock.moveTo(java.time.Instant.parse("2026-02-09T02:59:59Z"));
        settle();
        assertEquals(second, content("password"));
        clock.advance(Duration.ofSeconds(2));
        settle();
        assertNotEquals(second, content("password"));
        assertEquals("Guests", content("ssid"), "what a person wrote stays");
        var third = content("password");
        clock.moveTo(java.time.Instant.parse("2026-02-01T12:00:00Z"));
        settle();
        assertEquals(third, content("password"), "a clock that was set back makes nothing anew");
    }

    @Test
    void aRecipeOrScheduleThatIsNoneIsToldAndNothingIsWritten() {
        secret(JsonObject.of("oikos.home/generate", "pin=roman"), JsonObject.EMPTY);
        var told = client.list(Resources.EVENTS, "home").getFirst();
        assertEquals("InvalidRecipe", told.at("reason").text(""));
        assertTrue(told.at("message").text("").contains("roman"));
        assertTrue(client.get(Resources.SECRETS, WIFI).at("data", "pin").isNull());
        client.patch(Resources.SECRETS, WIFI, Patch.merge("metadata", JsonObject.of("annotations", JsonObject.of("oikos.home/generate", "pin=digits",
                "oikos.home/rotate", "0 4 * * 1", "oikos.home/time-zone", "Middle/Earth"))));
        settle();
        assertTrue(client.list(Resources.EVENTS, "home").stream().anyMatch(event -> event.at("message").text("").contains("Middle/Earth")));
        assertTrue(client.get(Resources.SECRETS, WIFI).at("data", "pin").isNull());
    }
}
