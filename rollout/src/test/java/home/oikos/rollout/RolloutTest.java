package home.oikos.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.controller.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The reconciler over an API: what it writes, in which order, and what a kill at any moment leaves.
class RolloutTest {
    private static RolloutWorld world() {
        return new RolloutWorld().firmware("one", "1.0").firmware("two", "2.0").device("a").device("b").device("c");
    }

    private final RolloutWorld world = world();

    @Test void aRolloutGoesThroughItsDevices() {
        world.rollout("batch", 2, "maxUnavailable", 2).passes(200);
        assertEquals("Complete", world.phase());
        assertEquals(Map.of("a 2.0", 1, "b 2.0", 1, "c 2.0", 1), world.installs);
        assertEquals(List.of(), world.failures);
        assertTrue(world.events().containsAll(List.of("Started", "DeviceAsked", "DeviceUpdated", "Complete")), world.events().toString());
    }

    @Test void healthIsReadFromTheHouseAndNotFromTheDevice() {
        world.meter(0);
        world.rollout("health", RolloutWorld.checks("dry", "device('meter').flow < 1.0 || self.running", "water flows"));
        for (var name : List.of("a", "b", "c")) world.says(name, "running", false);
        world.passes(25);
        assertEquals("2.0", world.version("a"));
        world.says("meter", "flow", 8);
        world.passes(100);
        assertEquals("RolledBack", world.phase());
        assertEquals("1.0", world.version("a"));
        assertEquals("a: water flows", world.status().at("failure").text(""));
        assertEquals(Map.of("a 1.0", 1, "a 2.0", 1), world.installs);
    }

    @Test void aGateIsAnExpressionAboutTheDevice() {
        world.rollout("gates", RolloutWorld.checks("idle", "self.phase == 'Idle'", "it is mid-cycle"));
        for (var name : List.of("b", "c")) world.says(name, "phase", "Washing");
        world.passes(20);
        assertEquals("a: nobody can say idle: a never said phase (and 2 more)", world.status().at("waitingFor").text(""));
        world.says("c", "phase", "Idle");
        world.passes(60);
        assertEquals("2.0", world.version("c"));
        assertEquals("1.0", world.version("b"));
    }

    @Test void anExpressionThatIsNoneIsSaidAndNothingIsBegun() {
        world.rollout("gates", RolloutWorld.checks("idle", "self.phase ==", "")).passes(20);
        assertEquals("Blocked", world.phase());
        var progressing = Condition.find(world.status().at("conditions"), "Progressing").orElseThrow();
        assertEquals("InvalidExpression", progressing.at("reason").text(""));
        assertEquals(Map.of(), world.installs);
    }

    @Test void aGateWithoutEndIsClosedAndHoldsNobodyUp() {
        var forever = "[1,2,3,4,5,6,7,8,9,10].all(a, [1,2,3,4,5,6,7,8,9,10].all(b, [1,2,3,4,5,6,7,8,9,10].all(c, [1,2,3,4,5,6,7,8,9,10].all(d, "
                + "[1,2,3,4,5,6,7,8,9,10].all(e, [1,2,3,4,5,6,7,8,9,10].all(f, [1,2,3,4,5,6,7,8,9,10].all(g, true)))))))";
        world.rollout("gates", RolloutWorld.checks("forever", forever, "")).settle();
        assertEquals("Progressing", world.phase());
        assertTrue(world.status().at("waitingFor").text("").contains("nobody can say forever"), world.status().at("waitingFor").text(""));
        assertEquals(Map.of(), world.installs);
    }

    @Test void aRightThatLacksIsNamedWithTheCommandThatGivesIt() {
        world.transport.refuses = "devices \"a\" is forbidden: User \"system:serviceaccount:home:automation\" cannot patch resource \"devices\"";
        world.transport.code = 403;
        world.rollout().settle();
        assertEquals("Blocked", world.phase());
        assertTrue(world.status().at("waitingFor").text("").contains("create rolebinding automation"), world.status().toString());
        world.transport.refuses = "";
        world.passes(200);
        assertEquals("Complete", world.phase());
    }

    @Test void whatAdmissionRefusesAgainAndAgainHasFailed() {
        world.transport.refuses = "firmware two is not signed";
        world.transport.code = 403;
        world.rollout();
        world.clock.advance(Duration.ofSeconds(1));
        world.settle();
        assertEquals("Progressing", world.phase(), "what was made a moment ago may not be known there");
        world.passes(30);
        assertEquals("RolledBack", world.phase());
        assertEquals("a: firmware two is not signed", world.status().at("failure").text(""));
    }

    @Test void atRestNothingIsWritten() {
        world.rollout().passes(200);
        int writes = world.transport.writes;
        var before = world.status();
        world.says("a", "flow", 3);
        world.passes(100);
        assertEquals(writes, world.transport.writes, before + " and " + world.status());
    }

    /// Every write of a whole rollout, and of one that goes back, is once the last that a process does.
    @Test void aKillAtAnyWriteChangesNothing() {
        int writes = story(Integer.MAX_VALUE, false);
        assertTrue(writes > 20, writes + " writes");
        for (int kill = 1; kill <= writes; kill++) {
            story(kill, false);
            story(kill, true);
        }
    }

    private static int story(int killAt, boolean after) {
        var world = world();
        world.meter(0);
        world.transport.killAt = killAt;
        world.transport.after = after;
        world.rollout("batch", 2, "maxUnavailable", 2, "health", RolloutWorld.checks("dry", "device('meter').flow < 1.0", "water flows")).passes(110);
        var when = "killed %s write %d".formatted(after ? "after" : "before", killAt);
        assertEquals("Complete", world.phase(), when);
        assertEquals(Map.of("a 2.0", 1, "b 2.0", 1, "c 2.0", 1), world.installs, when);
        world.create(RolloutReconciler.FIRMWARES, "three", JsonObject.of("spec", JsonObject.of("modelName", "washer", "version", "3.0")));
        world.patch("firmwareName", "three");
        world.passes(60);
        world.says("meter", "flow", 9);
        world.passes(90);
        assertEquals("RolledBack", world.phase(), when);
        for (var name : List.of("a", "b", "c")) {
            assertEquals("2.0", world.version(name), when);
            assertTrue(world.installs.getOrDefault(name + " 3.0", 0) <= 1, when + ": " + world.installs);
            assertTrue(world.installs.get(name + " 2.0") <= 2, when + ": " + world.installs);
            assertEquals("Idle", world.client.get(RolloutReconciler.DEVICES, new ObjectKey("home", name)).at("status", "firmware", "phase").text(""), when);
        }
        assertEquals(List.of(), world.failures, when);
        return world.transport.writes;
    }
}
