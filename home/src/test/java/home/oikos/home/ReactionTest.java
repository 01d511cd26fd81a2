package home.oikos.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.client.Patch;
import home.oikos.client.Resources;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReactionTest {
    private final HomeWorld world = new HomeWorld();

    @AfterEach void nothingFailed() {
        assertEquals(List.of(), world.failures);
    }

    private static JsonObject closeValve() {
        return JsonObject.of("set", JsonObject.of("deviceName", "valve", "desired", JsonObject.of("open", false)));
    }

    private static JsonObject leak(Object... more) {
        return JsonObject.of("when", "device('leak').wet", "steps", JsonArray.of(closeValve())).withAll(JsonObject.of(more));
    }

    private void leakHome() {
        world.device("leak", JsonObject.of("wet", false)).device("valve", JsonObject.of("open", true));
        world.client.patch(Kinds.DEVICES, new ObjectKey("home", "valve"), Patch.merge("spec", JsonObject.of("desired", JsonObject.of("open", true))));
    }

    private String phase(String name) {
        return world.status(Kinds.REACTIONS, name).at("phase").text("");
    }

    @Test void aConditionThatHoldsActsAtOnceWhereNoTimeIsAskedFor() {
        leakHome();
        world.reaction("close", leak()).says("leak", JsonObject.of("wet", true));
        assertEquals(Json.of(false), world.desired("valve").at("open"));
        assertEquals("Acted", phase("close"));
        assertTrue(world.events().contains("Acted: close acted: leak.wet is true; set valve open=false"), world.events().toString());
    }

    @Test void theTimeIsWaitedOutAcrossARestart() {
        leakHome();
        world.reaction("close", leak("forSeconds", 60)).says("leak", JsonObject.of("wet", true)).passes(Duration.ofSeconds(40));
        assertEquals("Waiting", phase("close"));
        world.restart();
        world.passes(Duration.ofSeconds(19));
        assertEquals(Json.of(true), world.desired("valve").at("open"));
        world.passes(Duration.ofSeconds(2));
        assertEquals(Json.of(false), world.desired("valve").at("open"));
    }

    @Test void aClockThatJumpsWhileItWasOffActsWhenItIsDue() {
        leakHome();
        world.reaction("close", leak("forSeconds", 3_600)).says("leak", JsonObject.of("wet", true));
        world.clock.advance(Duration.ofSeconds(7_200));
        world.restart();
        assertEquals("Acted", phase("close"));
    }

    @Test void aConditionThatStopsHoldingStopsTheTimer() {
        leakHome();
        world.reaction("close", leak("forSeconds", 60)).says("leak", JsonObject.of("wet", true)).passes(Duration.ofSeconds(40));
        world.says("leak", JsonObject.of("wet", false)).says("leak", JsonObject.of("wet", true)).passes(Duration.ofSeconds(40));
        assertEquals("Waiting", phase("close"));
        assertEquals(Json.of(true), world.desired("valve").at("open"));
    }

    @Test void undoPutsBackWhatWasThere() {
        leakHome();
        world.reaction("close", leak("undo", JsonObject.of("afterSeconds", 10))).says("leak", JsonObject.of("wet", true));
        assertEquals(Json.of(false), world.desired("valve").at("open"));
        world.says("leak", JsonObject.of("wet", false)).passes(Duration.ofSeconds(9));
        assertEquals("Clearing", phase("close"));
        world.restart();
        world.passes(Duration.ofSeconds(2));
        assertEquals(Json.of(true), world.desired("valve").at("open"));
        assertEquals("Idle", phase("close"));
    }

    @Test void undoLeavesAloneWhatSomebodyElseHasSet() {
        leakHome();
        world.device("lamp", JsonObject.EMPTY);
        world.reaction("close", JsonObject.of("when", "device('leak').wet", "undo", JsonObject.of("afterSeconds", 1), "steps", JsonArray.of(
                JsonObject.of("set", JsonObject.of("deviceName", "lamp", "desired", JsonObject.of("brightness", 100, "on", true))))));
        world.says("leak", JsonObject.of("wet", true));
        world.client.patch(Kinds.DEVICES, new ObjectKey("home", "lamp"), Patch.merge("spec", JsonObject.of("desired", JsonObject.of("brightness", 30))));
        world.says("leak", JsonObject.of("wet", false)).passes(Duration.ofSeconds(3));
        assertEquals(JsonObject.of("brightness", 30), world.desired("lamp"));
    }

    @Test void itActsOnceForEachTimeItHolds() {
        leakHome();
        world.create(Resources.JOBS, "home", "other", JsonObject.EMPTY);
        world.reaction("job", JsonObject.of("when", "device('leak').wet", "steps", JsonArray.of(JsonObject.of("job", JsonObject.of("template",
                JsonObject.of("spec", JsonObject.of("template", JsonObject.EMPTY)))), JsonObject.of("notify", JsonObject.of("message", "water")))));
        for (int i = 0; i < 3; i++) {
            world.says("leak", JsonObject.of("wet", true));
            world.restart();
            world.says("leak", JsonObject.of("wet", false));
        }
        var jobs = world.client.list(Resources.JOBS, "home").stream().map(job -> job.at("metadata", "name").text("")).toList();
        assertEquals(List.of("job-1-0", "job-2-0", "job-3-0", "other"), jobs);
        assertTrue(world.events().contains("Notify: water"));
    }

    @Test void aDeploymentIsScaledAndBack() {
        leakHome();
        world.create(Resources.DEPLOYMENTS, "home", "readers", JsonObject.of("spec", JsonObject.of("replicas", 1)));
        world.reaction("scale", JsonObject.of("when", "device('leak').wet", "undo", JsonObject.EMPTY, "steps", JsonArray.of(JsonObject.of("scale",
                JsonObject.of("targetRef", JsonObject.of("apiVersion", "apps/v1", "kind", "Deployment", "name", "readers"), "replicas", 4)))));
        world.says("leak", JsonObject.of("wet", true));
        assertEquals(4, world.replicas("home", "readers"));
        world.says("leak", JsonObject.of("wet", false)).passes(Duration.ofSeconds(1));
        assertEquals(1, world.replicas("home", "readers"));
    }

    @Test void aStepThatIsRefusedIsToldAndTriedAgainAndTheOthersAreDone() {
        leakHome();
        world.reaction("close", JsonObject.of("when", "device('leak').wet", "steps", JsonArray.of(JsonObject.of("set", JsonObject.of("deviceName", "siren",
                "desired", JsonObject.of("on", true))), closeValve(), JsonObject.of("scale", JsonObject.of("targetRef", JsonObject.of("apiVersion",
                "apps/v1", "kind", "Deployment", "name", "nothing"), "replicas", 2)))));
        world.says("leak", JsonObject.of("wet", true));
        assertEquals(Json.of(false), world.desired("valve").at("open"));
        var conditions = world.status(Kinds.REACTIONS, "close").at("conditions");
        assertEquals("StepRefused", conditions.at(0).at("reason").text(""), conditions.toString());
        world.create(Resources.DEPLOYMENTS, "home", "nothing", JsonObject.of("spec", JsonObject.of("replicas", 1)));
        world.device("siren", JsonObject.EMPTY).passes(Duration.ofSeconds(31));
        assertEquals("Acted", phase("close"));
        assertEquals(2, world.replicas("home", "nothing"));
    }

    @Test void anUnknownValueIsSaidAndActsOnNothing() {
        leakHome();
        world.reaction("close", leak().with("when", "device('leak').damp"));
        var condition = world.status(Kinds.REACTIONS, "close").at("conditions").at(0);
        assertEquals("leak never said damp", condition.at("message").text(""));
        assertEquals(Json.of(true), world.desired("valve").at("open"));
    }

    @Test void expressionsSeeObjects() {
        leakHome();
        world.create(Resources.DEPLOYMENTS, "home", "media", JsonObject.of("spec", JsonObject.of("replicas", 3)));
        world.reaction("close", leak().with("when", "object('apps/v1', 'Deployment', 'media').spec.replicas > 3"));
        assertEquals(Json.of(true), world.desired("valve").at("open"));
        world.client.scale(Resources.DEPLOYMENTS, new ObjectKey("home", "media"), 4);
        world.passes(Duration.ofSeconds(6));
        assertEquals(Json.of(false), world.desired("valve").at("open"));
    }

    @Test void aSuspendedReactionDoesNothing() {
        leakHome();
        world.reaction("close", leak("suspend", true)).says("leak", JsonObject.of("wet", true));
        assertEquals("Suspended", phase("close"));
        assertEquals(Json.of(true), world.desired("valve").at("open"));
    }
}
