package home.oikos.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A lock opens once for a code, for a while, and in no other way.
class PermitTest {
    private static final Duration HOLD = Duration.ofSeconds(8);
    private final TestHome home = new TestHome();

    @BeforeEach void lock() {
        var locked = TestHome.property("locked", "Boolean").with("writable", true).with("failsafe", false).with("expectedPeriodSeconds", 3_600);
        var lock = TestHome.model("lock", locked);
        home.model(lock.with("spec", lock.at("spec").object().with("commands", JsonArray.of(JsonObject.of("name", "open", "property", "locked",
                "value", false, "holdSeconds", HOLD.toSeconds())))));
        door(JsonObject.of("desired", JsonObject.of("locked", true))).says("door", "locked", true).commit();
        home.out.takeCommands();
        home.out.told.clear();
    }

    private TestHome door(JsonObject more) {
        var connection = JsonObject.of("fake", JsonObject.EMPTY);
        return home.spec("door", JsonObject.of("modelName", "lock", "connection", connection, "oneTimePasswordName", "front").withAll(more));
    }

    private Optional<String> open() {
        return home.house.permits.grant(TestHome.key("door"), "open", "anna", home.now);
    }

    private String obstacle(String command) {
        return home.house.permits.ask(TestHome.key("door"), command, home.now).refusal().map(Throwable::getMessage).orElse("");
    }

    private Optional<String> refusal(JsonObject spec) {
        var before = DeviceSpec.read(home.objects.get(TestHome.key("door")));
        var after = DeviceSpec.read(home.objects.get(TestHome.key("door")).with("spec", home.objects.get(TestHome.key("door")).at("spec").object()
                .withAll(spec)));
        return new Admission(home.house).refusal(before, after, home.now);
    }

    @Test void itOpensOnceAndIsLockedAgainWhenItsTimeIsOver() {
        assertEquals(Optional.empty(), open());
        assertEquals(List.of("door.locked=false"), home.out.takeCommands());
        assertEquals(List.of("door Permitted: open: a code of front was shown; anna asked"), home.out.told);
        home.says("door", "locked", false).commit();
        assertEquals("True InSync", home.condition("door", "InSync"));
        home.passes(HOLD.minusMillis(1));
        assertEquals(List.of(), home.out.takeCommands(), "nothing is sent against what a code permits");
        home.passes(Duration.ofMillis(2));
        assertEquals(List.of("door.locked=true"), home.out.takeCommands());
        home.says("door", "locked", true).passes(Duration.ofMinutes(5));
        assertEquals(List.of(), home.out.takeCommands());
        assertFalse(home.out.told.toString().contains("Drifted"), home.out.told.toString());
    }

    @Test void aCommandThatWasLostIsNotRepeated() {
        open();
        home.out.takeCommands();
        home.house.available(TestHome.key("door"), false, home.now);
        home.passes(Duration.ofSeconds(4));
        home.house.available(TestHome.key("door"), true, home.now);
        home.says("door", "locked", true).passes(Duration.ofMinutes(5));
        assertEquals(List.of(), home.out.takeCommands());
    }

    @Test void aLockThatLocksByItselfEndsThePermit() {
        open();
        home.says("door", "locked", false).commit();
        home.says("door", "locked", true).commit();
        home.out.takeCommands();
        home.passes(HOLD);
        assertEquals(List.of(), home.out.takeCommands());
        assertFalse(home.out.told.toString().contains("Drifted"), home.out.told.toString());
    }

    @Test void aRestartForgetsThePermitAndLocksADoorThatStandsOpen() {
        open();
        home.says("door", "locked", false).commit();
        home.out.takeCommands();
        home.restart();
        home.commit();
        assertEquals(List.of("door.locked=true"), home.out.takeCommands());
    }

    @Test void aRestartBeforeTheDoorAnsweredOpensNothing() {
        open();
        home.commit();
        home.out.takeCommands();
        home.restart();
        home.passes(Duration.ofMinutes(5));
        assertEquals(List.of(), home.out.takeCommands());
    }

    @Test void whatCannotLeaveIsTriedAgainUntilItsTimeIsOverAndLeavesOnce() {
        home.out.down = "no connection to the broker";
        assertEquals(Optional.of("no connection to the broker, which is tried again for 8 s"), open());
        home.passes(Duration.ofSeconds(4));
        home.out.down = "";
        home.passes(Duration.ofMinutes(5));
        assertEquals(List.of("door.locked=false"), home.out.takeCommands());
        home.out.down = "no connection to the broker";
        open();
        home.passes(HOLD);
        home.out.down = "";
        home.passes(Duration.ofMinutes(5));
        assertEquals(List.of(), home.out.takeCommands());
    }

    @Test void beforeTheInterlocksAreKnownNoCodeIsSpent() {
        home.house = new House(TestHome.PROGRAMS, home.out, home.rules, home.boot, home.now);
        assertEquals(503, home.house.permits.ask(TestHome.key("door"), "open", home.now).refusal().orElseThrow().code());
    }

    @Test void noWriteAndNoRuleUnlocksIt() {
        var refused = refusal(JsonObject.of("desired", JsonObject.of("locked", false))).orElseThrow();
        assertEquals("locked=false of door needs a code of front and is brought about by no write; with the code: ./oikos do door open", refused);
        var control = JsonObject.of("values", JsonArray.of(JsonObject.of("property", "locked", "value", "false")));
        assertTrue(refusal(JsonObject.of("control", control)).orElseThrow().startsWith("control of locked: locked=false of door needs a code"));
        assertEquals(Optional.empty(), refusal(JsonObject.of("desired", JsonObject.of("locked", true), "room", "hall")));
    }

    @Test void whatWasStoredBeforeTheModelAskedForCodesIsNotCarriedOut() {
        door(JsonObject.of("desired", JsonObject.of("locked", false))).commit();
        assertEquals(List.of(), home.out.takeCommands());
        assertEquals("False Invalid", home.condition("door", "InSync"));
        door(JsonObject.of("control", JsonObject.of("values", JsonArray.of(JsonObject.of("property", "locked", "value", "false"))))).commit();
        assertEquals(List.of(), home.out.takeCommands());
    }

    @Test void aFailsafeValueThatNeedsACodeIsNotDriven() {
        door(JsonObject.EMPTY).passes(Duration.ofHours(3));
        assertEquals(List.of(), home.out.takeCommands());
    }

    @Test void theSafeValueOfAnInterlockNeedsNoCode() {
        home.device("smoke", "leak").says("smoke", "wet", false);
        home.interlock("fire-opens", JsonObject.of("never", "device(\"smoke\").wet", "safeValues", JsonArray.of(TestHome.safe("door", "locked", false))));
        home.says("smoke", "wet", true).commit();
        assertEquals(List.of("door.locked=false"), home.out.takeCommands());
    }

    @Test void anInterlockThatShutsTheDoorShutsItWhateverACodePermits() {
        home.device("alarm", "leak").says("alarm", "wet", false);
        home.interlock("shut-in-an-alarm", JsonObject.of("never", "device(\"alarm\").wet", "safeValues", JsonArray.of(TestHome.safe("door", "locked", true))));
        home.commit();
        open();
        home.commit();
        assertEquals(List.of("door.locked=false"), home.out.takeCommands());
        home.says("door", "locked", false).commit();
        home.says("alarm", "wet", true).commit();
        assertEquals(List.of("door.locked=true"), home.out.takeCommands());
        home.passes(Duration.ofSeconds(1));
        assertEquals(List.of(), home.out.takeCommands(), "it is said once, and again after two seconds");
        home.passes(Duration.ofSeconds(1));
        assertEquals(List.of("door.locked=true"), home.out.takeCommands());
    }

    @Test void anInterlockHoldsItBeforeACodeIsSpent() {
        assertEquals("", obstacle("open"));
        home.device("alarm", "leak").says("alarm", "wet", true);
        home.interlock("shut-in-an-alarm", JsonObject.of("never", "device(\"alarm\").wet && !device(\"door\").locked")).commit();
        assertTrue(obstacle("open").startsWith("door: refused by interlock shut-in-an-alarm"), obstacle("open"));
        home.says("alarm", "wet", false).commit();
        assertEquals("", obstacle("open"));
        assertEquals(Optional.empty(), open());
        assertEquals(List.of(), home.out.takeCommands(), "what an interlock looks at leaves once status says so");
        home.commit();
        assertEquals(List.of("door.locked=false"), home.out.takeCommands());
        home.says("door", "locked", true).passes(Duration.ofSeconds(6));
        assertEquals(List.of(), home.out.takeCommands());
    }

    @Test void whatIsAwayOrUnknownIsNotAskedForACode() {
        assertEquals("door has no command ring; it has open", obstacle("ring"));
        home.house.available(TestHome.key("door"), false, home.now);
        assertTrue(obstacle("open").startsWith("door: it is away"), obstacle("open"));
        home.device("lamp", "light");
        assertEquals("lamp has no command open; its model has none", home.house.permits.ask(TestHome.key("lamp"), "open", home.now).refusal().orElseThrow()
                .getMessage());
        assertEquals(404, home.house.permits.ask(TestHome.key("none"), "open", home.now).refusal().orElseThrow().code());
        home.house.available(TestHome.key("door"), true, home.now);
        home.spec("door", JsonObject.of("modelName", "lock", "connection", JsonObject.of("fake", JsonObject.EMPTY)));
        assertTrue(obstacle("open").contains("spec.oneTimePasswordName"), obstacle("open"));
        assertEquals(Json.NULL, home.status("lamp").at("commanded"));
    }

    @Test void theClockThatIsSetMovesThePermitWithIt() {
        open();
        home.says("door", "locked", false).commit();
        home.out.takeCommands();
        home.now = home.now.plus(Duration.ofDays(1));
        home.house.moveClock(Duration.ofDays(1));
        home.passes(HOLD.minusMillis(1));
        assertEquals(List.of(), home.out.takeCommands());
        home.passes(Duration.ofMillis(2));
        assertEquals(List.of("door.locked=true"), home.out.takeCommands());
    }
}
