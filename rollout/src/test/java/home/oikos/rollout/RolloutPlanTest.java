package home.oikos.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.controller.Condition;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of a rollout of three washers, case by case, with a clock that the test moves.
class RolloutPlanTest {
    private final Household home = new Household();

    @BeforeEach void furnish() {
        home.image("one", "1.0").image("two", "2.0").image("three", "3.0");
        for (var name : List.of("a", "b", "c")) home.machine(name, "1.0");
    }

    private static JsonObject spec(Object... more) {
        return JsonObject.of("firmwareName", "two", "soakSeconds", 60, "progressDeadlineSeconds", 300, "batch", 2, "maxUnavailable", 2,
                "gates", Household.checks(Household.check("idle", 0)), "health", Household.checks(Household.check("dry", 30))).withAll(JsonObject.of(more));
    }

    private Household begin(Object... more) {
        return home.rollout("r", spec(more)).settle();
    }

    private String phases() {
        return home.phase("r", "a") + " " + home.phase("r", "b") + " " + home.phase("r", "c");
    }

    /// The canary is updated and proven.
    private Household proven(Object... more) {
        begin(more).installs("a");
        return home.passes(62);
    }

    @Test void theCanaryGoesFirstAndIsWatchedBeforeAnyOther() {
        begin();
        assertEquals("Updating Waiting Waiting", phases());
        assertEquals("a to take it up (and 2 more)", home.waitsFor("r"));
        home.installs("a");
        assertEquals("Soaking Waiting Waiting", phases());
        home.passes(58);
        assertEquals("Soaking Waiting Waiting", phases());
        home.passes(4);
        assertEquals("Updated Updating Updating", phases());
    }

    @Test void itIsCompleteWhenAllAreProven() {
        proven().installs("b").installs("c");
        assertEquals("Progressing", home.phase("r"));
        home.passes(62);
        assertEquals("Complete", home.phase("r"));
        var status = home.rollouts.get("r").at("status");
        assertTrue(Condition.isTrue(status.at("conditions"), "Complete"));
        assertEquals("Complete", status.at("history").at(0).at("outcome").text(""));
        assertEquals(3, status.at("updatedDevices").integer(0));
    }

    @Test void theEstimateIsThePaceSoFar() {
        begin().passes(30).installs("a");
        assertEquals("2026-01-02T17:03:02Z", home.rollouts.get("r").at("status", "estimatedCompletionTime").text(""),
                "watched until 17:01:31, then 31 s for both others and 60 s of watching");
    }

    @Test void noMoreThanSpareAreUnderWayAtOnce() {
        proven("maxUnavailable", 1);
        assertEquals("Updated Updating Waiting", phases());
        home.installs("b");
        assertEquals("Updated Soaking Updating", phases(), "one that is watched is there");
    }

    @Test void aClosedGateIsWaitedForAndNamed() {
        home.complaints.add("idle a");
        begin();
        assertEquals("Waiting Updating Waiting", phases(), "another is the canary then");
        home.complaints.add("idle b");
        home.settle();
        assertEquals("Waiting Waiting Updating", phases(), "taken back from b, which was not at it yet");
        home.complaints.add("idle c");
        home.settle();
        assertEquals("a: idle is wrong (and 2 more)", home.waitsFor("r"));
        assertTrue(home.machines.get("b").wish.isNothing());
        home.complaints.clear();
        home.settle();
        assertEquals("Updating Waiting Waiting", phases());
    }

    @Test void aGateThatNobodyCanJudgeIsClosed() {
        home.complaints.addAll(List.of("? idle a", "? idle b", "? idle c"));
        begin();
        assertEquals("Waiting Waiting Waiting", phases());
    }

    @Test void aGateThatClosesStopsTheLoadButNotTheWriting() {
        begin().takes("a");
        home.complaints.add("? idle a");
        home.settle();
        assertEquals("Updating", home.phase("r", "a"), "a device that loads may be silent");
        home.complaints.add("idle a");
        home.settle();
        assertEquals("Withdrawing", home.phase("r", "a"));
        assertEquals("Canceling", home.machines.get("a").update.reason());
        home.machines.get("a").become(Update.Phase.Idle, "Withdrawn", home.now);
        home.complaints.clear();
        home.settle().takes("a");
        home.machines.get("a").become(Update.Phase.Installing, "Working", home.now);
        home.complaints.add("idle a");
        home.settle();
        assertEquals("Updating", home.phase("r", "a"));
    }

    @Test void whatIsNotTakenUpIsWithdrawnAndOfferedAgainLater() {
        home.machines.get("b").away = true;
        home.machines.get("c").away = true;
        begin().passes(301);
        assertEquals("Waiting", home.phase("r", "a"));
        assertTrue(home.machines.get("a").wish.isNothing());
        home.passes(301);
        assertEquals("Updating", home.phase("r", "a"));
        assertTrue(home.isOffered("a"));
    }

    @Test void sleepersDoNotHoldTheOthersUpAndAreUpdatedWhenTheyCome() {
        home.machines.get("a").away = true;
        begin().installs("b").passes(62).installs("c").passes(62);
        assertEquals("Waiting Updated Updated", phases());
        assertEquals("Complete", home.phase("r"));
        assertEquals("a: it is away", home.waitsFor("r"));
        home.machines.get("a").away = false;
        home.settle().installs("a").passes(62);
        assertEquals("Updated", home.phase("r", "a"));
    }

    @Test void aLateJoinerIsUpdatedWithoutAnotherCanary() {
        proven().installs("b").installs("c").passes(62);
        home.machine("d", "1.0");
        home.settle().installs("d").passes(62);
        assertEquals("Updated", home.phase("r", "d"));
    }

    @Test void aLateJoinerThatFailsTakesNobodyWithIt() {
        proven().installs("b").installs("c").passes(62);
        home.machine("d", "1.0");
        home.settle().takes("d").fails("d", "DeviceFailed");
        assertEquals("RolledBack", home.phase("r"));
        assertEquals("Updated Updated Updated", phases());
        assertEquals("RolledBack", home.phase("r", "d"));
    }

    @Test void aCanaryThatFailsStopsEverything() {
        begin().takes("a").fails("a", "WrongVersion");
        assertEquals("RolledBack", home.phase("r"));
        assertEquals("RolledBack Waiting Waiting", phases());
        assertTrue(Condition.isTrue(home.rollouts.get("r").at("status", "conditions"), "RolledBack"));
    }

    @Test void whatDevicesSayOfThemselvesIsNotEnough() {
        begin().installs("a");
        home.complaints.add("dry a");
        home.passes(20);
        assertEquals("Soaking", home.phase("r", "a"), "30 seconds are allowed");
        home.complaints.clear();
        home.passes(5);
        home.complaints.add("dry a");
        home.passes(0).passes(20);
        assertEquals("Soaking", home.phase("r", "a"), "it was dry between");
        home.passes(12);
        assertEquals("RollingBack", home.phase("r", "a"));
        assertEquals("RollingBack", home.phase("r"));
        home.installs("a");
        assertEquals("RolledBack", home.phase("r"));
        assertEquals("1.0", home.version("a"));
    }

    @Test void aSoakDoesNotEndWhileNobodyCanSayThatItIsWell() {
        begin().installs("a");
        home.complaints.add("? dry a");
        home.passes(100);
        assertEquals("Soaking", home.phase("r", "a"));
        home.passes(300);
        assertEquals("RollingBack", home.phase("r", "a"), "nor does it wait for ever");
    }

    @Test void allThatHaveItGoBack() {
        proven().installs("b").installs("c");
        home.complaints.add("dry c");
        home.passes(0).passes(32);
        assertEquals("RollingBack", home.phase("r"));
        home.settle();
        assertEquals(2, home.machines.values().stream().filter(machine -> machine.is(Update.Phase.Offered)).count(), "two at a time");
        assertEquals("Soaking", home.phase("r", "b"));
        home.installs("c").installs("a").installs("b");
        assertEquals("RolledBack RolledBack RolledBack", phases());
        assertEquals("RolledBack", home.phase("r"));
        assertEquals(List.of("1.0", "1.0", "1.0"), List.of(home.version("a"), home.version("b"), home.version("c")));
    }

    @Test void anUpdatedDeviceIsWatchedUntilAllHaveIt() {
        proven();
        home.complaints.add("dry a");
        home.passes(0).passes(32);
        assertEquals("RollingBack", home.phase("r", "a"));
    }

    @Test void oneThatBricksHoldsNobodyUpOnTheWayBack() {
        proven("maxUnavailable", 1).takes("b").passes(121);
        assertEquals("NoReport", home.machines.get("b").update.reason());
        assertEquals("Failed", home.phase("r", "b"), "it was last heard of with what it had");
        home.installs("a");
        assertEquals("RolledBack", home.phase("r"));
        home.machines.get("b").runs("2.0");
        home.settle().installs("b");
        assertEquals("RolledBack", home.phase("r", "b"), "it came late, and with the new one");
        assertEquals("1.0", home.version("b"));
    }

    @Test void oneThatIsHeardAgainHasReturnedOnlyWhenItSaysWhatItRuns() {
        begin().takes("a").passes(121);
        assertEquals("NoReport", home.machines.get("a").update.reason());
        assertEquals("Failed", home.phase("r", "a"));
        home.machines.get("a").heard = home.now.plusSeconds(1);
        home.settle();
        assertEquals("RollingBack", home.phase("r", "a"), "it said 1.0 before it took the other up");
        assertTrue(home.isOffered("a"));
        home.machines.get("a").runs("1.0");
        home.settle();
        assertEquals("RolledBack", home.phase("r", "a"));
        assertFalse(home.isOffered("a"), "it runs that already");
    }

    @Test void oneOfWhichNobodyKnowsWhatItRunsIsNoneThatHasIt() {
        home.machines.get("a").runs("2.0");
        home.machines.get("a").become(Update.Phase.Failed, "NoReport", home.now);
        begin();
        assertEquals("Updating Waiting Waiting", phases());
    }

    @Test void whatCannotGoBackIsNotAskedForEver() {
        begin().installs("a");
        home.complaints.add("dry a");
        home.passes(0).passes(32);
        for (int attempt = 0; attempt < Course.RETURNS_MAX; attempt++) home.takes("a").fails("a", "DeviceFailed");
        assertEquals("Failed", home.phase("r", "a"));
        assertEquals("RolledBack", home.phase("r"));
    }

    @Test void withoutAnImageToGoBackToThatIsSaid() {
        home.images.remove("one");
        begin().installs("a");
        home.complaints.add("dry a");
        home.passes(0).passes(32);
        assertEquals("Failed", home.phase("r", "a"));
        assertTrue(home.rollouts.get("r").toString().contains("there is no Firmware of version 1.0 to go back to"));
    }

    @Test void onFailurePauseWaitsForAPerson() {
        begin("onFailure", "Pause").takes("a").fails("a", "DeviceFailed");
        assertEquals("Paused", home.phase("r"));
        assertEquals("a person: a: devicefailed", home.waitsFor("r"));
        home.passes(1000);
        assertEquals("Failed Waiting Waiting", phases());
        home.patch("r", "attempt", 1).settle();
        assertEquals("Updating Waiting Waiting", phases());
        assertEquals(2, home.machines.get("a").wish.attempt());
    }

    @Test void pausedTouchesNothing() {
        proven();
        home.patch("r", "paused", true).settle();
        var before = home.machines.values().stream().map(machine -> machine.wish).toList();
        home.complaints.addAll(List.of("idle b", "dry a"));
        home.machine("d", "1.0");
        home.passes(0).passes(2000);
        assertEquals(before, home.machines.values().stream().limit(3).map(machine -> machine.wish).toList());
        assertTrue(home.machines.get("d").wish.isNothing());
        assertEquals("Paused", home.phase("r"));
        home.patch("r", "paused", false).settle();
        assertEquals("RollingBack", home.phase("r"));
    }

    @Test void abortTakesOffersBackAndLeavesWhatIsUpdated() {
        proven().takes("b");
        home.patch("r", "abort", true).settle();
        assertEquals("Aborted", home.phase("r"));
        assertTrue(home.machines.get("c").wish.isNothing());
        home.comesBackWith("b", "2.0").passes(62);
        assertEquals("Updated Updated Waiting", phases());
        home.patch("r", "abort", false).settle();
        assertEquals("Updating", home.phase("r", "c"));
    }

    @Test void undoDuringARolloutSendsBackWhatHasIt() {
        proven().installs("b").installs("c").passes(62);
        home.patch("r", "firmwareName", "three").settle().installs("a");
        home.passes(62).takes("b");
        home.patch("r", "firmwareName", "two").settle();
        assertEquals("Canceling", home.machines.get("b").update.reason());
        home.comesBackWith("b", "3.0");
        for (int round = 0; round < 6; round++) {
            for (var name : List.of("a", "b", "c")) if (home.isOffered(name)) home.installs(name);
            home.passes(62);
        }
        assertEquals("Complete", home.phase("r"));
        assertEquals(List.of("2.0", "2.0", "2.0"), List.of(home.version("a"), home.version("b"), home.version("c")));
        assertEquals(List.of("Complete", "Replaced", "Complete"), home.rollouts.get("r").at("status", "history").array().stream()
                .map(past -> past.at("outcome").text("")).toList());
    }

    @Test void whatAFailedRevisionGoesBackToIsWhatLastWorkedForAll() {
        proven().installs("b").installs("c").passes(62);
        home.patch("r", "firmwareName", "three").settle().installs("a");
        home.image("four", "4.0").patch("r", "firmwareName", "four").settle().installs("a");
        home.complaints.add("dry a");
        home.passes(0).passes(32).installs("a");
        assertEquals("2.0", home.version("a"), "not 3.0, which was never proven");
    }

    @Test void anOlderFirmwareThatWasNeverCompleteHasToBeMeant() {
        home.image("zero", "0.9");
        begin("firmwareName", "zero");
        assertEquals("RolledBack", home.phase("r"), "the gateway refuses it");
        home.patch("r", "allowDowngrade", true, "attempt", 1).settle().installs("a");
        assertEquals("Soaking", home.phase("r", "a"));
    }

    @Test void twoBudgetedDevicesAreNeverAwayTogether() {
        var budget = JsonObject.of("name", "freezers", "selector", JsonObject.of("matchLabels", JsonObject.of("kind", "freezer")), "maxUnavailable", 1);
        home.machines.get("b").labels.put("kind", "freezer");
        home.machines.get("c").labels.put("kind", "freezer");
        proven("disruptionBudgets", new JsonArray(List.of(budget)));
        assertEquals("Updated Updating Waiting", phases());
        assertTrue(home.rollouts.get("r").toString().contains("b is away, and budget freezers of rollout r spares 1"));
        home.installs("b");
        assertEquals("Updated Soaking Updating", phases());
    }

    @Test void aBudgetBindsPeopleToo() {
        var budget = JsonObject.of("name", "freezers", "selector", JsonObject.of("matchLabels", JsonObject.of("kind", "freezer")));
        home.machines.get("a").labels.put("kind", "freezer");
        home.machines.get("b").labels.put("kind", "freezer");
        begin("disruptionBudgets", new JsonArray(List.of(budget)));
        home.machines.get("b").wish = new Wish("two", 1);
        home.settle();
        assertTrue(home.isOffered("a"));
        assertFalse(home.isOffered("b"), "the gateway keeps it to itself");
    }

    @Test void theOlderRolloutHasTheSay() {
        begin().rollout("s", spec("firmwareName", "three")).settle();
        assertEquals("Blocked Waiting", "Blocked " + home.phase("s", "b"));
        assertEquals(List.of("Owned"), home.rollouts.get("s").at("status", "devices").array().stream().map(each -> each.at("reason").text(""))
                .distinct().toList());
    }

    @Test void whatAPersonWantsIsLeftToThem() {
        begin();
        home.machines.get("a").wish = new Wish("three", home.machines.get("a").wish.attempt());
        home.settle();
        assertEquals("Busy", home.read("r").state().members().get("a").reason());
        assertEquals("three", home.machines.get("a").wish.firmwareName());
    }

    @Test void whatAPersonBroughtItToMeanwhileIsNoFailure() {
        proven();
        var a = home.machines.get("a");
        a.wish = new Wish("three", a.wish.attempt());
        home.gateway();
        a.runs("3.0");
        a.become(Update.Phase.Idle, "Updated", home.now);
        home.settle();
        assertEquals("ByHand", home.read("r").state().members().get("a").reason());
        assertEquals("", home.read("r").state().failure());
    }

    @Test void anOrderThatWasNeverGivenIsNotTakenForAPersons() {
        home.rollout("r", spec()).decide("r");
        home.patch("r", "firmwareName", "one", "paused", true).passes(62);
        home.machines.get("a").wish = new Wish("two", 1);
        home.settle().installs("a");
        assertEquals("ByHand", home.read("r").state().members().get("a").reason());
        assertEquals("", home.read("r").state().failure());
    }

    @Test void aFirmwareThatIsNotThereIsSaid() {
        begin("firmwareName", "nowhere");
        assertEquals("Blocked", home.phase("r"));
        assertEquals("there is no Firmware nowhere in namespace home", home.waitsFor("r"));
    }

    @Test void whatRunsItAlreadyIsLeftAlone() {
        home.machines.get("a").runs("2.0");
        begin();
        assertEquals("Updated Updating Waiting", phases());
        assertTrue(home.machines.get("a").wish.isNothing());
    }

    @Test void aGoneCanaryIsReplaced() {
        begin();
        home.machines.remove("a");
        home.settle();
        assertEquals(" Updating Waiting", phases());
    }
}
