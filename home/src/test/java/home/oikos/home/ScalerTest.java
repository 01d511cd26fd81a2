package home.oikos.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.DeleteOptions;
import home.oikos.client.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScalerTest {
    private static final JsonObject MEDIA = JsonObject.of("apiVersion", "apps/v1", "kind", "Deployment", "name", "media/media");
    private final HomeWorld world = new HomeWorld();

    @AfterEach void nothingFailed() {
        assertEquals(List.of(), world.failures);
    }

    private void media(JsonObject... triggers) {
        world.create(Resources.DEPLOYMENTS, "media", "media", JsonObject.of("spec", JsonObject.of("replicas", 1)));
        world.scaler("media", JsonObject.of("targetRef", MEDIA, "minReplicas", 1, "maxReplicas", 4, "triggers", JsonArray.of((Object[]) triggers)));
    }

    private static JsonObject weekend() {
        return JsonObject.of("replicas", 2, "schedule", JsonObject.of("start", "0 18 * * fri", "end", "0 23 * * sun", "timeZone", "Europe/Berlin"));
    }

    private static JsonObject vapour() {
        return JsonObject.of("replicas", 3, "telemetry", JsonObject.of("deviceName", "vapour", "property", "ethanol", "above", 1_000, "hysteresis", 200));
    }

    private void at(String time) {
        world.clock.moveTo(Instant.parse(time));
        world.settle();
    }

    @Test void aWindowOpensAndClosesInItsTimeZone() {
        world.clock.moveTo(Instant.parse("2026-01-02T16:59:00Z"));
        media(weekend());
        assertEquals(1, world.replicas("media", "media"));
        at("2026-01-02T17:00:00Z");
        assertEquals(2, world.replicas("media", "media"), "18:00 in Berlin");
        at("2026-01-04T21:59:00Z");
        assertEquals(2, world.replicas("media", "media"));
        at("2026-01-04T22:00:00Z");
        world.passes(Duration.ofSeconds(61));
        assertEquals(1, world.replicas("media", "media"));
    }

    @Test void telemetryScalesUpAtOnceAndDownWhenItHasBeenLowLongEnough() {
        world.device("vapour", JsonObject.of("ethanol", 300));
        media(vapour());
        world.says("vapour", JsonObject.of("ethanol", 1_500));
        assertEquals(3, world.replicas("media", "media"));
        world.says("vapour", JsonObject.of("ethanol", 900)).passes(Duration.ofSeconds(120));
        assertEquals(3, world.replicas("media", "media"), "within the hysteresis");
        world.says("vapour", JsonObject.of("ethanol", 700)).passes(Duration.ofSeconds(59));
        assertEquals(3, world.replicas("media", "media"), "not yet long enough");
        world.passes(Duration.ofSeconds(2));
        assertEquals(1, world.replicas("media", "media"));
    }

    @Test void aShortDipDoesNotScaleDown() {
        world.device("vapour", JsonObject.of("ethanol", 1_500));
        media(vapour());
        for (int i = 0; i < 5; i++) {
            world.says("vapour", JsonObject.of("ethanol", 100)).passes(Duration.ofSeconds(40));
            world.says("vapour", JsonObject.of("ethanol", 1_500)).passes(Duration.ofSeconds(10));
            assertEquals(3, world.replicas("media", "media"));
        }
    }

    @Test void theTriggerThatAsksForMostWinsWithinTheLimits() {
        world.clock.moveTo(Instant.parse("2026-01-03T12:00:00Z"));
        world.device("vapour", JsonObject.of("ethanol", 1_500));
        media(weekend(), vapour().with("replicas", 9));
        assertEquals(4, world.replicas("media", "media"));
    }

    @Test void anUnknownValueLeavesThingsAsTheyAreAndIsSaid() {
        world.device("vapour", JsonObject.of("ethanol", 1_500));
        media(vapour());
        assertEquals(3, world.replicas("media", "media"));
        world.client.delete(Kinds.DEVICES, new ObjectKey("home", "vapour"), DeleteOptions.DEFAULT);
        world.settle().passes(Duration.ofSeconds(200));
        assertEquals(3, world.replicas("media", "media"));
        assertEquals("TriggerUnknown", world.status(Kinds.SCALERS, "media").at("conditions").at(0).at("reason").text(""));
    }

    @Test void aMissingTargetIsSaidInWords() {
        world.scaler("media", JsonObject.of("targetRef", MEDIA, "maxReplicas", 2, "triggers", JsonArray.of(weekend())));
        assertEquals("TargetNotFound", world.status(Kinds.SCALERS, "media").at("conditions").at(0).at("reason").text(""));
    }

    @Test void aNoisySensorDoesNotWriteTheStatusAllDay() {
        world.device("vapour", JsonObject.of("ethanol", 1_500));
        media(vapour());
        var before = world.client.get(Kinds.SCALERS, new ObjectKey("home", "media")).at("metadata", "resourceVersion");
        for (int i = 0; i < 50; i++) world.says("vapour", JsonObject.of("ethanol", 1_500 + i));
        assertEquals(before, world.client.get(Kinds.SCALERS, new ObjectKey("home", "media")).at("metadata", "resourceVersion"));
    }

    @Test void whatWasDoneStandsInTheStory() {
        world.device("vapour", JsonObject.of("ethanol", 1_500));
        media(vapour());
        assertTrue(world.events().contains("Scaled: media: from 1 to 3; at 3 of 1-4 because ethanol of vapour is 1500, above 1000"),
                world.events().toString());
    }
}
