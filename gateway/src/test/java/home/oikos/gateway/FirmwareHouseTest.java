package home.oikos.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import home.oikos.driver.FirmwareEvent;
import home.oikos.driver.FirmwareOffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One device on its way from version to version, with a clock that the test moves.
class FirmwareHouseTest {
    private final TestHome home = new TestHome();

    @BeforeEach void buy() {
        home.firmware("new", "2.0").firmware("newer", "3.0").device("washer", "washer").commit();
        hear(new FirmwareEvent.Running("1.0", "rev-a"));
    }

    private void want(String firmware, int attempt) {
        var spec = home.objects.get(TestHome.key("washer")).at("spec").object();
        home.spec("washer", spec.with("firmware", JsonObject.of("firmwareName", firmware, "attempt", attempt))).commit();
    }

    private void wantNothing() {
        home.spec("washer", home.objects.get(TestHome.key("washer")).at("spec").object().without("firmware")).commit();
    }

    private void hear(FirmwareEvent event) {
        if (home.house.heard(TestHome.key("washer"), event, home.delivery(), home.now)) home.acknowledged++;
        home.commit();
    }

    private JsonObject firmware() {
        return home.status("washer").at("firmware").object();
    }

    private String phase() {
        return firmware().at("phase").text("") + " " + firmware().at("reason").text("");
    }

    private Optional<FirmwareOffer> offer() {
        return home.house.firmwares.offer(home.house.world.things.get(TestHome.key("washer")));
    }

    private void goesWellUpTo(int steps) {
        var events = List.<FirmwareEvent>of(new FirmwareEvent.TakenUp(1), new FirmwareEvent.Loaded(1, 50), new FirmwareEvent.Loaded(1, 100),
                new FirmwareEvent.Writing(1), new FirmwareEvent.Written(1), new FirmwareEvent.Done(1), new FirmwareEvent.Running("2.0", ""));
        events.subList(0, steps).forEach(this::hear);
    }

    @Test void whatADeviceRunsIsKnownBeforeAnythingIsWanted() {
        assertEquals("1.0", firmware().at("version").text(""));
        assertEquals("rev-a", firmware().at("hardwareId").text(""));
        assertEquals("Idle NeverUpdated", phase());
    }

    @Test void aDeviceHearsOfAnUpdateOnlyOnceItIsOnTheDisk() {
        home.spec("washer", JsonObject.of("modelName", "washer", "firmware", JsonObject.of("firmwareName", "new")));
        assertTrue(offer().isEmpty(), "planned, not written");
        home.commit();
        assertEquals("2.0", offer().orElseThrow().version());
        assertEquals("Offered WaitsForDevice", phase());
    }

    @Test void anUpdateSucceedsWhenTheDeviceIsWellAndSaysTheNewVersion() {
        want("new", 0);
        goesWellUpTo(6);
        assertEquals("AwaitingReport Confirming", phase());
        hear(new FirmwareEvent.Running("2.0", ""));
        assertEquals("Idle Updated", phase());
        assertEquals("2.0", firmware().at("version").text(""));
        assertTrue(firmware().has("installedTime"));
        assertTrue(offer().isEmpty());
    }

    @Test void aDeviceThatSaysTheVersionFirstHasSucceededWhenItSaysThatItIsWell() {
        want("new", 0);
        goesWellUpTo(5);
        hear(new FirmwareEvent.Running("2.0", ""));
        assertEquals("AwaitingReport Rebooting", phase());
        hear(new FirmwareEvent.Done(1));
        assertEquals("Idle Updated", phase());
    }

    @Test void theDevicesOwnWordIsNoProof() {
        want("new", 0);
        goesWellUpTo(6);
        hear(new FirmwareEvent.Running("1.0", ""));
        assertEquals("Failed WrongVersion", phase());
        assertEquals("It says it is well, and runs 1.0 instead of 2.0.", firmware().at("message").text(""));
    }

    @Test void aDeviceThatNeverComesBackHasFailedAfterItsDeadline() {
        want("new", 0);
        goesWellUpTo(5);
        home.passes(Duration.ofSeconds(590));
        assertEquals("AwaitingReport Rebooting", phase());
        home.passes(Duration.ofSeconds(20));
        assertEquals("Failed NoReport", phase());
        hear(new FirmwareEvent.Done(1));
        assertEquals("Failed NoReport", phase(), "too late: this update is over");
        hear(new FirmwareEvent.Running("2.0", ""));
        assertEquals("2.0", firmware().at("version").text(""), "what runs is known all the same");
    }

    private void isLost() {
        home.firmware("old", "1.0");
        want("new", 0);
        goesWellUpTo(5);
        home.passes(Duration.ofSeconds(610));
        assertEquals("Failed NoReport", phase());
        assertTrue(firmware().has("unconfirmedSinceTime"));
    }

    @Test void whatALostDeviceRanIsOfferedAgainForNobodyKnowsWhetherItStillDoes() {
        isLost();
        home.restart();
        want("old", 1);
        assertEquals("Offered WaitsForDevice", phase());
        assertEquals("1.0", offer().orElseThrow().version());
        hear(new FirmwareEvent.Running("1.0", ""));
        assertEquals("Idle UpToDate", phase());
        assertFalse(firmware().has("unconfirmedSinceTime"));
        assertTrue(offer().isEmpty());
    }

    @Test void aLostDeviceThatTakesItUpHasSucceededOnlyWhenItSaysTheVersion() {
        isLost();
        want("old", 1);
        for (var event : List.of(new FirmwareEvent.TakenUp(2), new FirmwareEvent.Written(2), new FirmwareEvent.Done(2))) hear(event);
        assertEquals("AwaitingReport Confirming", phase());
        hear(new FirmwareEvent.Running("1.0", ""));
        assertEquals("Idle Updated", phase());
    }

    @Test void aDeviceThatSaidTheNewVersionIsNotLostThoughItNeverSaidThatItIsWell() {
        want("new", 0);
        goesWellUpTo(5);
        hear(new FirmwareEvent.Running("2.0", ""));
        home.passes(Duration.ofSeconds(610));
        assertEquals("Failed NoReport", phase());
        want("new", 1);
        assertEquals("Idle UpToDate", phase());
    }

    /// Nothing but its channel is ever heard of it.
    @Test void aDeviceThatSpeaksOfItsFirmwareAloneIsOnlineWhileItAsks() {
        home.spec("washer", JsonObject.of("modelName", "washer"));
        home.restart();
        home.commit();
        assertEquals("Unknown NotHeardYet", home.condition("washer", "Online"));
        hear(new FirmwareEvent.Here());
        assertEquals("True Heard", home.condition("washer", "Online"));
        assertEquals("2026-01-01T00:00:00Z", home.status("washer").at("heardTime").text(""));
        home.passes(Duration.ofSeconds(590));
        hear(new FirmwareEvent.Here());
        home.passes(Duration.ofSeconds(590));
        assertEquals("True Heard", home.condition("washer", "Online"), "it may ask late once");
        home.passes(Duration.ofSeconds(20));
        assertEquals("False Silent", home.condition("washer", "Online"));
        assertTrue(home.status("washer").at("conditions").toString().contains("washer last asked for firmware 10 min ago, expected every 5 min."));
        hear(new FirmwareEvent.Running("1.0", ""));
        assertEquals("True Heard", home.condition("washer", "Online"), "whatever it says, it is there");
    }

    @Test void aDeviceThatAsksOftenMayBeSilentAsLongAsARestartLasts() {
        var firmware = JsonObject.of("channel", "Ddi", "pollSeconds", 5);
        assertEquals(Duration.ofSeconds(60), silence(firmware));
        assertEquals(Duration.ofSeconds(80), silence(firmware.with("pollSeconds", Json.of(40))));
        assertEquals(Duration.ofSeconds(600), silence(firmware.without("pollSeconds")));
    }

    private static Duration silence(JsonObject firmware) {
        return ModelSpec.read(JsonObject.of("metadata", JsonObject.of("name", "leaf"), "spec", JsonObject.of("firmware", firmware))).firmwareStaleAfter();
    }

    @Test void anotherDeviceIsJudgedByItsConnectionHoweverOftenItAsks() {
        home.restart();
        hear(new FirmwareEvent.Here());
        assertEquals("Unknown NotHeardYet", home.condition("washer", "Online"));
    }

    @Test void aSleeperMayBeSilentForLonger() {
        var firmware = JsonObject.of("channel", "Zigbee2mqtt");
        assertEquals(Duration.ofMinutes(15), patience(firmware));
        assertEquals(Duration.ofHours(6), patience(firmware.with("sleepy", Json.of(true))));
        assertEquals(Duration.ofSeconds(60), patience(firmware.with("sleepy", Json.of(true)).with("reportDeadlineSeconds", Json.of(60))));
    }

    private static Duration patience(JsonObject firmware) {
        return ModelSpec.read(JsonObject.of("metadata", JsonObject.of("name", "leaf"), "spec", JsonObject.of("firmware", firmware))).firmwarePatience();
    }

    @Test void anOfferWaitsForASleeperHoweverLong() {
        want("new", 0);
        home.passes(Duration.ofDays(2));
        assertEquals("Offered WaitsForDevice", phase());
        assertTrue(offer().isPresent());
    }

    @Test void whatFailedIsNotTriedAgainForTheSameAttempt() {
        want("new", 0);
        hear(new FirmwareEvent.TakenUp(1));
        hear(new FirmwareEvent.Failed(1, "no suitable image"));
        assertEquals("Failed DeviceFailed", phase());
        home.passes(Duration.ofDays(1));
        want("new", 0);
        assertTrue(offer().isEmpty());
        want("new", 1);
        assertEquals(2, offer().orElseThrow().actionId());
        assertEquals("Offered WaitsForDevice", phase());
    }

    @Test void whatRunsAlreadyIsNotOffered() {
        hear(new FirmwareEvent.Running("2.0", ""));
        want("new", 7);
        assertEquals("Idle UpToDate", phase());
        assertEquals(7, firmware().at("attempt").integer(0));
        assertTrue(offer().isEmpty());
    }

    @Test void anOfferThatWasNotTakenUpIsWithdrawnAtOnce() {
        want("new", 0);
        wantNothing();
        assertEquals("Idle Withdrawn", phase());
        assertTrue(offer().isEmpty());
        hear(new FirmwareEvent.TakenUp(1));
        assertEquals("Idle Withdrawn", phase());
    }

    @Test void anotherWishTakesTheOffersPlace() {
        want("new", 0);
        want("newer", 0);
        assertEquals("3.0", offer().orElseThrow().version());
        assertEquals(2, offer().orElseThrow().actionId());
    }

    @Test void aDeviceInWorkIsAskedToStopAndGetsNothingElseUntilItAnswers() {
        want("new", 0);
        hear(new FirmwareEvent.TakenUp(1));
        want("newer", 0);
        assertEquals("Downloading Canceling", phase());
        assertTrue(offer().orElseThrow().canceling());
        hear(new FirmwareEvent.Stopped(1));
        assertEquals("3.0", offer().orElseThrow().version());
    }

    @Test void aDeviceThatWillNotStopIsWaitedFor() {
        want("new", 0);
        hear(new FirmwareEvent.TakenUp(1));
        wantNothing();
        hear(new FirmwareEvent.GoesOn(1));
        assertFalse(offer().orElseThrow().canceling());
        for (var event : List.of(new FirmwareEvent.Writing(1), new FirmwareEvent.Written(1), new FirmwareEvent.Done(1))) hear(event);
        hear(new FirmwareEvent.Running("2.0", ""));
        assertEquals("Idle Updated", phase());
    }

    @Test void aFirmwareThatIsMissingIsWaitedForAndThenOffered() {
        want("newest", 0);
        assertEquals("Offered NotReady", phase());
        assertTrue(offer().isEmpty());
        home.firmware("newest", "4.0").commit();
        assertEquals("Offered WaitsForDevice", phase());
        assertEquals("4.0", offer().orElseThrow().version());
    }

    @Test void bytesThatAreMissingAreWaitedFor() {
        home.rules.stored = false;
        want("new", 0);
        assertEquals("Offered NotReady", phase());
        home.rules.stored = true;
        home.passes(Duration.ofMinutes(2));
        assertEquals("Offered WaitsForDevice", phase());
    }

    @Test void whatTheRulesRefuseMeanwhileIsNotOfferedAnyMore() {
        want("new", 0);
        home.rules.refused.add("new");
        home.passes(Duration.ofMinutes(2));
        assertEquals("Failed Refused", phase());
        assertTrue(offer().isEmpty());
    }

    @Test void aWordIsAcknowledgedOnceItIsOnTheDiskAndARepeatedOneAtOnce() {
        want("new", 0);
        int before = home.acknowledged;
        home.house.heard(TestHome.key("washer"), new FirmwareEvent.TakenUp(1), home.delivery(), home.now);
        assertEquals(before, home.acknowledged);
        home.commit();
        assertEquals(before + 1, home.acknowledged);
        assertTrue(home.house.heard(TestHome.key("washer"), new FirmwareEvent.TakenUp(1), home.delivery(), home.now));
    }

    @Test void admissionRefusesByNameWhatTheRulesRefuseAndWhatIsNotThere() {
        home.rules.refused.add("newer");
        var admission = new Admission(home.house);
        var before = DeviceSpec.read(home.objects.get(TestHome.key("washer")));
        assertEquals(Optional.of("newer is refused"), admission.refusal(before, wanting("newer"), home.now));
        assertEquals(Optional.of("there is no Firmware nothing in namespace home"), admission.refusal(before, wanting("nothing"), home.now));
        assertEquals(Optional.empty(), admission.refusal(before, wanting("new"), home.now));
        assertEquals(Optional.empty(), admission.refusal(wanting("newer"), wanting("newer"), home.now), "what is stored already may be stored again");
    }

    private DeviceSpec wanting(String firmware) {
        var spec = home.objects.get(TestHome.key("washer")).at("spec").object().with("firmware", JsonObject.of("firmwareName", firmware));
        return DeviceSpec.read(home.objects.get(TestHome.key("washer")).with("spec", spec));
    }

    /// A new process at every step knows what the last one wrote, and nothing else: the update goes on under the same name, and ends as it would have.
    @ParameterizedTest @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void aRestartAtAnyMomentNeitherRepeatsAnUpdateNorLosesOne(int step) {
        want("new", 0);
        goesWellUpTo(step);
        var before = firmware();
        home.now = home.now.plusSeconds(5);
        home.restart();
        home.commit();
        assertEquals(before, firmware());
        assertEquals(step < 7, offer().isPresent());
        offer().ifPresent(offered -> assertEquals(1, offered.actionId()));
        var rest = new ArrayList<FirmwareEvent>(List.of(new FirmwareEvent.TakenUp(1), new FirmwareEvent.Writing(1), new FirmwareEvent.Written(1),
                new FirmwareEvent.Done(1), new FirmwareEvent.Running("2.0", "")));
        rest.forEach(this::hear);
        assertEquals("Idle Updated", phase());
        home.restart();
        home.passes(Duration.ofHours(1));
        assertEquals("Idle Updated", phase());
        assertTrue(offer().isEmpty(), "never twice");
    }

    private String installed() {
        return home.house.firmwares.installed(home.house.world.things.get(TestHome.key("washer"))).map(FirmwareOffer::toString).orElse("nothing");
    }

    @Test void whichUpdateADeviceRunsOutlivesARestartAndAnotherThatFailed() {
        want("new", 0);
        goesWellUpTo(7);
        var known = installed();
        assertTrue(known.startsWith("FirmwareOffer[actionId=1, firmwareName=new, version=2.0"), known);
        want("newer", 0);
        hear(new FirmwareEvent.TakenUp(2));
        hear(new FirmwareEvent.Failed(2, "no"));
        home.restart();
        assertEquals(known, installed());
        hear(new FirmwareEvent.Running("1.0", ""));
        assertEquals("nothing", installed(), "it runs something else");
        hear(new FirmwareEvent.Running("2.0", ""));
        home.house.removeFirmware(TestHome.key("new"), home.now);
        assertEquals("nothing", installed(), "its bytes are gone");
    }

    /// Death between a device's word and its being written: the device was not answered, so it says it again.
    @ParameterizedTest @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void aWordThatWasNotWrittenIsSaidAgain(int step) {
        want("new", 0);
        goesWellUpTo(step);
        var events = List.<FirmwareEvent>of(new FirmwareEvent.TakenUp(1), new FirmwareEvent.Loaded(1, 50), new FirmwareEvent.Loaded(1, 100),
                new FirmwareEvent.Writing(1), new FirmwareEvent.Written(1), new FirmwareEvent.Done(1), new FirmwareEvent.Running("2.0", ""));
        home.house.heard(TestHome.key("washer"), events.get(step), () -> {
            throw new AssertionError("answered before it was written");
        }, home.now);
        home.restart();
        events.subList(step, events.size()).forEach(this::hear);
        assertEquals("Idle Updated", phase());
    }

    @Test void aDeadlineOutlivesARestart() {
        want("new", 0);
        goesWellUpTo(5);
        home.now = home.now.plusSeconds(300);
        home.restart();
        home.passes(Duration.ofSeconds(290));
        assertEquals("AwaitingReport Rebooting", phase());
        home.passes(Duration.ofSeconds(20));
        assertEquals("Failed NoReport", phase());
    }
}
