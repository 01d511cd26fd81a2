package home.oikos.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.client.Seeds;
import home.oikos.rollout.Member.Phase;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whole rollouts over machines that sleep, lie, vanish, brick, answer late and refuse, under a process that dies between any two steps. Replay one with
/// `-Doikos.seed=N`; ten thousand freshly drawn with `-Doikos.soak=true`.
@Execution(ExecutionMode.SAME_THREAD)
class RolloutSimulationTest {
    private static final int SEEDS = 200;
    /// One step of the world.
    private static final int STEP_SECONDS = 5;
    private static final int SOAK_SECONDS = 60;

    static LongStream seeds() {
        return Seeds.of(LongStream.range(0, SEEDS));
    }

    /// What is wrong with a machine.
    enum Nature { SOUND, SLEEPS, LIES, VANISHES, BRICKS, ANSWERS_LATE, REFUSES }

    /// A machine's own side of an update.
    private static final class Body {
        final Nature nature;
        /// What really runs.
        String runs = "1.0";
        Instant next = Instant.EPOCH;
        boolean gone;
        boolean bricked;
        final Map<String, Integer> installs = new TreeMap<>();
        Instant back = Instant.EPOCH;

        Body(Nature nature) {
            this.nature = nature;
        }

        boolean isReachable() {
            return !gone && !bricked;
        }
    }

    private Household home;
    private Random random;
    private final Map<String, Body> bodies = new TreeMap<>();
    private boolean isBad;
    private int canaries;
    private int maxUnavailable;
    private boolean calm;
    private final Map<String, Phase> told = new HashMap<>();
    private final Set<String> hadBad = new HashSet<>();

    @ParameterizedTest(name = "seed {0}") @MethodSource("seeds")
    void theFleetEndsOnOneVersion(long seed) {
        Seeds.replayable(seed, () -> live(seed));
    }

    private void live(long seed) {
        furnish(seed);
        for (int step = 0; step < 240; step++) step(step);
        calm = true;
        home.patch("r", "paused", false);
        for (int step = 0, quiet = 0; step < 1_000 && quiet < 100; step++) {
            long before = home.changes;
            step(step);
            quiet = home.changes == before ? quiet + 1 : 0;
        }
        end();
    }

    private void furnish(long seed) {
        random = new Random(seed);
        home = new Household().image("one", "1.0").image("two", "2.0");
        isBad = random.nextInt(3) == 0;
        canaries = 1 + random.nextInt(2);
        maxUnavailable = 1 + random.nextInt(3);
        int machines = 2 + random.nextInt(8);
        for (int i = 0; i < machines; i++) {
            var natures = Nature.values();
            bodies.put("m" + i, new Body(random.nextInt(4) == 0 ? natures[random.nextInt(natures.length)] : Nature.SOUND));
            home.machine("m" + i, "1.0", random.nextBoolean() ? "freezer" : "other");
        }
        var freezers = JsonObject.of("name", "freezers", "selector", JsonObject.of("matchLabels", JsonObject.of("kind", "freezer")), "maxUnavailable", 1);
        home.rollout("r", JsonObject.of("firmwareName", "two", "canaries", canaries, "batch", 1 + random.nextInt(4), "maxUnavailable", maxUnavailable,
                "soakSeconds", SOAK_SECONDS, "progressDeadlineSeconds", 300, "health", Household.checks(Household.check("dry", 20)),
                "gates", Household.checks(Household.check("idle", 0)), "disruptionBudgets", new JsonArray(List.of(freezers))));
    }

    private void step(int step) {
        home.now = home.now.plusSeconds(STEP_SECONDS);
        bodies.forEach(this::lives);
        if (!calm) people();
        home.gateway();
        look();
        check();
    }

    private void people() {
        if (random.nextInt(60) == 0) home.patch("r", "paused", random.nextBoolean());
        var name = "m" + random.nextInt(bodies.size());
        if (random.nextInt(10) == 0 && !home.complaints.remove("idle " + name)) home.complaints.add("idle " + name);
    }

    /// The process may die before it has written down, between that and the first order, and between any two orders.
    private void look() {
        if (dies()) return;
        var was = home.read("r").state();
        var orders = home.decide("r");
        var is = home.read("r").state();
        assertNothingIsBegunAfterAFailure(was, is);
        for (var order : orders) {
            if (dies()) return;
            home.give(order);
        }
    }

    private boolean dies() {
        return !calm && random.nextInt(8) == 0;
    }

    private static void assertNothingIsBegunAfterAFailure(RolloutState was, RolloutState is) {
        if (was.failure().isEmpty()) return;
        is.members().forEach((name, member) -> {
            var before = was.members().get(name);
            assertTrue(!member.is(Phase.Updating) || before != null && before.is(Phase.Updating), name + " was begun after " + was.failure());
        });
    }

    // Machines.

    private void lives(String name, Body body) {
        var machine = home.machines.get(name);
        if (calm) home.complaints.remove("idle " + name);
        if (body.nature == Nature.SLEEPS && !machine.update.isTakenUp()) machine.away = !calm && random.nextInt(3) > 0;
        if (!calm && body.nature == Nature.VANISHES && random.nextInt(60) == 0) body.gone = true;
        if (body.gone || body.bricked) {
            machine.away = true;
            return;
        }
        boolean isAsleep = body.nature == Nature.SLEEPS && (machine.is(Update.Phase.Idle) || machine.away && machine.is(Update.Phase.Offered));
        if (home.now.isBefore(body.next) || isAsleep) return;
        switch (machine.update.phase()) {
            case Offered -> {
                // Nobody knows what it runs, or it has just begun anew: that it says first.
                if (lateWord(machine, body)) return;
                takeUp(name, machine, body);
            }
            case Downloading -> load(machine, body);
            case Installing -> write(name, machine, body);
            case AwaitingReport -> comeBack(name, machine, body);
            case Failed, Idle -> lateWord(machine, body);
        }
    }

    private void takeUp(String name, Household.Machine machine, Body body) {
        if (random.nextInt(3) > 0) return;
        home.gateway();
        if (!home.isOffered(name)) return;
        assertNoOtherFreezerIsAway(name);
        machine.become(Update.Phase.Downloading, "Working", home.now);
        body.next = home.now.plusSeconds(random.nextInt(15));
    }

    private void assertNoOtherFreezerIsAway(String name) {
        if (!home.machines.get(name).labels.get("kind").equals("freezer")) return;
        home.machines.forEach((other, machine) -> {
            boolean isAway = machine.away || machine.update.isTakenUp();
            assertTrue(other.equals(name) || !machine.labels.get("kind").equals("freezer") || !isAway, name + " goes while " + other + " is away");
        });
    }

    private void load(Household.Machine machine, Body body) {
        if (machine.update.reason().equals("Canceling")) {
            if (random.nextBoolean()) machine.become(Update.Phase.Idle, "Withdrawn", home.now);
            else machine.become(Update.Phase.Installing, "WouldNotStop", home.now);
        } else if (body.nature == Nature.REFUSES && machine.update.of().firmwareName().equals("two") && random.nextBoolean()) {
            machine.become(Update.Phase.Failed, "DeviceFailed", home.now);
        } else {
            machine.become(Update.Phase.Installing, "Working", home.now);
        }
        body.next = home.now.plusSeconds(random.nextInt(10));
    }

    private void write(String name, Household.Machine machine, Body body) {
        boolean isForward = machine.update.of().firmwareName().equals("two");
        if (body.nature == Nature.BRICKS && isForward && random.nextBoolean()) {
            body.bricked = true;
            machine.away = true;
            return;
        }
        body.runs = home.images.get(machine.update.of().firmwareName()).version();
        body.installs.merge(body.runs, 1, Integer::sum);
        if (isForward && isBad) hadBad.add(name);
        machine.become(Update.Phase.AwaitingReport, "Rebooting", home.now);
        machine.away = true;
        boolean late = body.nature == Nature.ANSWERS_LATE && isForward && random.nextBoolean();
        body.next = home.now.plusSeconds(late ? 200 : random.nextInt(30));
    }

    private void comeBack(String name, Household.Machine machine, Body body) {
        machine.away = false;
        machine.runs(body.runs);
        machine.heard = home.now;
        body.back = home.now;
        machine.become(Update.Phase.Idle, "Updated", home.now);
        boolean floods = body.runs.equals("2.0") && (isBad || body.nature == Nature.LIES);
        if (floods) home.complaints.add("dry " + name);
        else home.complaints.remove("dry " + name);
    }

    /// @return whether it had something to say
    private boolean lateWord(Household.Machine machine, Body body) {
        if (machine.update.runs(body.runs) && !machine.away) return false;
        machine.away = false;
        machine.runs(body.runs);
        machine.heard = home.now;
        return true;
    }

    // What must hold at every step.

    private void check() {
        long taken = home.machines.values().stream().filter(machine -> machine.update.isTakenUp() && bodies.get(machine.name).isReachable()).count();
        assertTrue(taken <= maxUnavailable, taken + " are under way, and no more than " + maxUnavailable + " may be");
        assertTrue(hadBad.size() <= canaries, hadBad + " have the bad image, and the canaries are " + canaries);
        home.read("r").state().members().forEach((name, member) -> {
            boolean proven = member.is(Phase.Updated) && told.get(name) == Phase.Soaking;
            if (proven) assertTrue(!home.now.isBefore(bodies.get(name).back.plusSeconds(SOAK_SECONDS)), name + " was not watched long enough");
            told.put(name, member.phase());
        });
        bodies.forEach((name, body) -> assertTrue(body.installs.getOrDefault("2.0", 0) <= 1, name + " was updated twice"));
    }

    private void end() {
        var phase = home.phase("r");
        var state = home.read("r").state();
        assertTrue(List.of("Complete", "RolledBack").contains(phase) || isHeldByTheDead(), "it ended " + phase + ": " + home.rollouts.get("r"));
        if (!List.of("Complete", "RolledBack").contains(phase)) return;
        bodies.forEach((name, body) -> {
            if (!body.isReachable() || List.of("Budget", "NotReady").contains(state.members().get(name).reason()) && isHeldByTheDead()) return;
            // Once all had it, one that comes late and fails takes nobody with it.
            boolean stays = state.completed().isPresent() && state.members().get(name).is(Phase.Updated);
            assertEquals(phase.equals("Complete") || stays ? "2.0" : "1.0", body.runs, name + " when all is " + phase + ": " + state.members().get(name));
            assertTrue(!home.machines.get(name).update.inWork(), name + " is left half");
        });
        if (isBad && bodies.values().stream().allMatch(body -> body.nature == Nature.SOUND)) assertEquals("RolledBack", phase);
    }

    /// A freezer that is dead for good keeps the others where they are: that is what its budget says, until a person looks.
    private boolean isHeldByTheDead() {
        return home.machines.values().stream().anyMatch(machine -> machine.labels.get("kind").equals("freezer") && !bodies.get(machine.name).isReachable());
    }
}
