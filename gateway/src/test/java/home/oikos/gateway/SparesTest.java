package home.oikos.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.JsonObject;
import home.oikos.driver.Delivery;
import home.oikos.driver.FirmwareEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two freezers are never away together, whoever wants it, and no more are under way than a rollout lets.
class SparesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(600);
    private final TestHome home = new TestHome();
    private int refused;
    private final Delivery asking = Delivery.asking(() -> { }, () -> refused++);

    @BeforeEach void buy() {
        home.firmware("new", "2.0").budget("freezers", "freezer");
        for (var name : new String[] {"left", "right"}) {
            home.labels.put(TestHome.key(name), JsonObject.of("freezer", "yes"));
            home.device(name, "washer");
            isHeard(name);
        }
        home.commit();
    }

    private void isHeard(String name) {
        home.house.available(TestHome.key(name), true, home.now);
        home.house.heard(TestHome.key(name), new FirmwareEvent.Running("1.0", ""), home.delivery(), home.now);
    }

    private void want(String name, int attempt) {
        var spec = home.objects.get(TestHome.key(name)).at("spec").object();
        home.spec(name, spec.with("firmware", JsonObject.of("firmwareName", "new", "attempt", attempt))).commit();
    }

    private boolean isOffered(String name) {
        return home.house.firmwares.offer(home.house.world.things.get(TestHome.key(name))).isPresent();
    }

    private void hear(String name, FirmwareEvent event) {
        home.house.heard(TestHome.key(name), event, home.delivery(), home.now);
        home.commit();
    }

    private void comesBack(String name, int action) {
        hear(name, new FirmwareEvent.Running("2.0", ""));
        hear(name, new FirmwareEvent.Done(action));
    }

    @Test void theSecondWaitsUntilTheFirstIsBack() {
        want("left", 1);
        want("right", 1);
        assertTrue(isOffered("left"));
        assertFalse(isOffered("right"));
        assertEquals("Budget never-two of rollout freezers spares 1, and away or about to be: left.",
                home.status("right").at("firmware", "message").text(""));
        hear("left", new FirmwareEvent.TakenUp(1));
        assertFalse(isOffered("right"));
        comesBack("left", 1);
        assertTrue(isOffered("right"));
    }

    @Test void anOfferIsHeldBackWhenTheOtherGoesByItself() {
        want("left", 1);
        home.house.available(TestHome.key("right"), false, home.now);
        assertFalse(isOffered("left"));
        home.house.available(TestHome.key("right"), true, home.now);
        home.commit();
        assertTrue(isOffered("left"));
    }

    @Test void whoDidNotComeBackCountsAsAway() {
        want("left", 1);
        hear("left", new FirmwareEvent.TakenUp(1));
        home.passes(PATIENCE.plusSeconds(1));
        assertEquals("NoReport", home.status("left").at("firmware", "reason").text(""));
        want("right", 1);
        assertFalse(isOffered("right"));
    }

    @Test void whoIsHeardOfByItsFirmwareAloneIsAwayWhenItAsksNoMore() {
        for (var name : new String[] {"left", "right"}) home.spec(name, JsonObject.of("modelName", "washer"));
        hear("left", new FirmwareEvent.Here());
        hear("right", new FirmwareEvent.Here());
        home.passes(PATIENCE.plusSeconds(1));
        hear("left", new FirmwareEvent.Here());
        want("left", 1);
        assertFalse(isOffered("left"), "the other is silent");
        hear("right", new FirmwareEvent.Here());
        assertTrue(isOffered("left"));
    }

    @Test void noMoreAreUnderWayThanTheirRolloutLets() {
        home.house.removeRollout(TestHome.key("freezers"), home.now);
        home.rollout("washers", 1);
        want("left", 1);
        want("right", 1);
        assertTrue(isOffered("left"));
        assertEquals("Rollout washers lets 1 be under way at once, and now: left.", home.status("right").at("firmware", "message").text(""));
        hear("left", new FirmwareEvent.TakenUp(1));
        comesBack("left", 1);
        assertTrue(isOffered("right"));
    }

    @Test void aSleeperDoesNotHoldTheOthersUpAndWaitsWhenItWakesMeanwhile() {
        home.house.removeRollout(TestHome.key("freezers"), home.now);
        home.rollout("washers", 1);
        home.house.available(TestHome.key("right"), false, home.now);
        want("right", 1);
        assertTrue(isOffered("right"), "for when it wakes");
        want("left", 1);
        assertTrue(isOffered("left"));
        hear("left", new FirmwareEvent.TakenUp(1));
        refused = 0;
        home.house.heard(TestHome.key("right"), new FirmwareEvent.TakenUp(1), asking, home.now);
        assertEquals(1, refused, "it had seen the offer, and the other has gone since");
        home.house.available(TestHome.key("right"), true, home.now);
        home.commit();
        assertFalse(isOffered("right"));
        comesBack("left", 1);
        assertTrue(isOffered("right"));
    }

    @Test void whatIsOverOrUnknownMayNotBeTakenUp() {
        want("left", 1);
        home.house.heard(TestHome.key("left"), new FirmwareEvent.TakenUp(7), asking, home.now);
        home.house.heard(TestHome.key("nobody"), new FirmwareEvent.TakenUp(1), asking, home.now);
        assertEquals(2, refused);
        hear("left", new FirmwareEvent.TakenUp(1));
        home.house.heard(TestHome.key("left"), new FirmwareEvent.TakenUp(1), asking, home.now);
        assertEquals(2, refused, "a device that asks again after a restart has leave already");
    }

    @Test void afterARestartNobodyIsLetGoUntilTheOtherIsHeard() {
        want("left", 1);
        home.restart();
        assertFalse(isOffered("left"));
        isHeard("left");
        isHeard("right");
        home.commit();
        assertTrue(isOffered("left"));
    }

    @Test void withTheBudgetGoneBothGo() {
        want("left", 1);
        want("right", 1);
        home.house.removeRollout(TestHome.key("freezers"), home.now);
        home.commit();
        assertTrue(isOffered("left") && isOffered("right"));
    }

    @Test void whatRunsItAlreadyNeedsNoLeave() {
        want("left", 1);
        hear("right", new FirmwareEvent.Running("2.0", ""));
        want("right", 1);
        assertEquals("UpToDate", home.status("right").at("firmware", "reason").text(""));
    }

    /// People, silence, restarts and devices that take up what they see, in any order.
    @Test void whateverComesTheyAreNeverAwayTogether() {
        var random = new Random(6);
        var names = new String[] {"left", "right"};
        for (int step = 0; step < 3_000; step++) {
            var name = names[random.nextInt(2)];
            var thing = home.house.world.things.get(TestHome.key(name));
            switch (random.nextInt(7)) {
                case 0 -> want(name, step + 1);
                case 1 -> home.spec(name, home.objects.get(TestHome.key(name)).at("spec").object().without("firmware")).commit();
                case 2 -> takeUp(name, thing);
                case 3 -> hear(name, new FirmwareEvent.Failed(thing.firmware.actionId(), "no"));
                case 4 -> home.house.available(TestHome.key(name), random.nextInt(3) > 0, home.now);
                case 5 -> home.passes(Duration.ofSeconds(random.nextInt(200)));
                default -> restartSometimes(random);
            }
        }
    }

    private void takeUp(String name, Thing thing) {
        if (!isOffered(name) || thing.firmware.isTakenUp()) return;
        hear(name, new FirmwareEvent.TakenUp(thing.firmware.actionId()));
        long away = home.house.world.things.values().stream().filter(other -> other.firmware.isTakenUp() || other.available.equals(Optional.of(false)))
                .filter(other -> other != thing).count();
        assertEquals(0, away, name + " went while the other was away");
    }

    private void restartSometimes(Random random) {
        if (random.nextInt(5) > 0) return;
        home.restart();
        isHeard("left");
        isHeard("right");
    }
}
