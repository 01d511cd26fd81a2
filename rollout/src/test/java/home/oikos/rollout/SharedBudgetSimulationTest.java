package home.oikos.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.client.Seeds;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Two rollouts, people who want something else and restart machines, under a process that dies between any two steps: two freezers are never away
/// together, a paused rollout asks for nothing, and once all leave it alone every machine runs what its rollout says. Replay one with
/// `-Doikos.seed=N`; ten thousand freshly drawn with `-Doikos.soak=true`.
class SharedBudgetSimulationTest {
    private static final int SEEDS = 100;
    private static final int STEP_SECONDS = 5;
    /// What was taken back is asked again after progressDeadlineSeconds.
    private static final int QUIET_STEPS = 620 / STEP_SECONDS;
    private static final List<String> ROLLOUTS = List.of("r", "s");
    private static final List<String> IMAGES = List.of("one", "two", "three");

    static LongStream seeds() {
        return Seeds.of(LongStream.range(0, SEEDS));
    }

    private final Household home = new Household().image("one", "1.0").image("two", "2.0").image("three", "3.0");
    /// When a machine does its next step.
    private final Map<String, Instant> next = new TreeMap<>();
    private Random random;
    private boolean calm;
    private int begun;

    @ParameterizedTest(name = "seed {0}") @MethodSource("seeds")
    void twoFreezersAreNeverAwayTogether(long seed) {
        Seeds.replayable(seed, () -> live(seed));
    }

    private void live(long seed) {
        furnish(seed);
        for (int step = 0; step < 300; step++) step();
        calm = true;
        ROLLOUTS.forEach(name -> home.patch(name, "paused", false));
        for (int step = 0, quiet = 0; step < 2_000 && quiet < QUIET_STEPS; step++) {
            long before = home.changes;
            step();
            quiet = home.changes == before ? quiet + 1 : 0;
        }
        end();
    }

    private void furnish(long seed) {
        random = new Random(seed);
        int machines = 3 + random.nextInt(6);
        for (int i = 0; i < machines; i++) {
            var machine = home.machine("m" + i, "1.0", i < 2 || random.nextBoolean() ? "freezer" : "other");
            machine.labels.put("room", i % 2 == 0 ? "kitchen" : "cellar");
            next.put(machine.name, home.now);
        }
        var freezers = JsonObject.of("name", "freezers", "selector", JsonObject.of("matchLabels", JsonObject.of("kind", "freezer")), "maxUnavailable", 1);
        home.rollout("r", rollout("kitchen").with("disruptionBudgets", new JsonArray(List.of(freezers))));
        // The younger of the two says nothing of freezers, and may want the same machines.
        home.rollout("s", random.nextBoolean() ? rollout("cellar") : rollout("cellar").without("selector"));
    }

    private JsonObject rollout(String room) {
        return JsonObject.of("firmwareName", "two", "selector", JsonObject.of("matchLabels", JsonObject.of("room", room)), "canaries", 1,
                "batch", 1 + random.nextInt(3), "maxUnavailable", 1 + random.nextInt(3), "soakSeconds", 30, "progressDeadlineSeconds", 600,
                "allowDowngrade", true);
    }

    private void step() {
        home.now = home.now.plusSeconds(STEP_SECONDS);
        home.machines.values().forEach(this::lives);
        if (!calm) people();
        home.gateway();
        ROLLOUTS.forEach(this::look);
        check();
    }

    private void people() {
        var rollout = ROLLOUTS.get(random.nextInt(ROLLOUTS.size()));
        var machine = home.machines.get("m" + random.nextInt(home.machines.size()));
        switch (random.nextInt(40)) {
            case 0 -> home.patch(rollout, "paused", random.nextBoolean());
            case 1 -> home.patch(rollout, "firmwareName", IMAGES.get(random.nextInt(IMAGES.size())));
            case 2 -> {
                machine.wish = new Wish(IMAGES.get(random.nextInt(IMAGES.size())), machine.wish.attempt() + 1);
                machine.downgrade = true;
            }
            case 3, 4 -> restart(machine);
            default -> { }
        }
    }

    /// As a command through the home, which asks the budgets as for an update.
    private void restart(Household.Machine machine) {
        if (machine.update.inWork() || machine.away || home.refuses(machine)) return;
        machine.away = true;
        next.put(machine.name, home.now.plusSeconds(10 + random.nextInt(60)));
    }

    private void look(String name) {
        if (dies()) return;
        boolean isPaused = home.rollouts.get(name).at("spec", "paused").bool(false);
        var orders = home.decide(name);
        assertTrue(!isPaused || orders.isEmpty(), name + " is paused and asks " + orders);
        for (var order : orders) {
            if (dies()) return;
            home.give(order);
        }
    }

    private boolean dies() {
        return !calm && random.nextInt(8) == 0;
    }

    private void lives(Household.Machine machine) {
        if (home.now.isBefore(next.get(machine.name))) return;
        switch (machine.update.phase()) {
            case Idle, Failed -> comeBack(machine);
            case Offered -> takeUp(machine);
            case Downloading -> load(machine);
            case Installing -> {
                machine.become(Update.Phase.AwaitingReport, "Rebooting", home.now);
                machine.away = true;
            }
            case AwaitingReport -> {
                machine.runs(home.images.get(machine.update.of().firmwareName()).version());
                machine.become(Update.Phase.Idle, "Updated", home.now);
                comeBack(machine);
            }
        }
        next.put(machine.name, home.now.plusSeconds(random.nextInt(20)));
    }

    private void comeBack(Household.Machine machine) {
        machine.away = false;
        machine.heard = home.now;
    }

    private void takeUp(Household.Machine machine) {
        comeBack(machine);
        home.gateway();
        if (!home.isOffered(machine.name)) return;
        begun++;
        machine.become(Update.Phase.Downloading, "Working", home.now);
    }

    private void load(Household.Machine machine) {
        boolean stops = machine.update.reason().equals("Canceling") && random.nextBoolean();
        if (stops) machine.become(Update.Phase.Idle, "Withdrawn", home.now);
        else machine.become(Update.Phase.Installing, machine.update.reason().equals("Canceling") ? "WouldNotStop" : "Working", home.now);
    }

    private void check() {
        var away = home.machines.values().stream().filter(machine -> machine.labels.get("kind").equals("freezer"))
                .filter(machine -> machine.away || machine.update.isTakenUp()).map(machine -> machine.name).toList();
        assertTrue(away.size() <= 1, away + " are away together");
    }

    private void end() {
        assertTrue(begun > 0, "nothing was ever begun");
        for (var name : ROLLOUTS) assertEquals("Complete", home.phase(name), name + ": " + home.rollouts.get(name));
        home.machines.values().forEach(machine -> {
            assertTrue(!machine.update.inWork(), machine.name + " is left half: " + machine.update);
            var owner = machine.labels.get("room").equals("kitchen") ? "r" : "s";
            var wanted = home.images.get(home.rollouts.get(owner).at("spec", "firmwareName").text("")).version();
            assertEquals(wanted, machine.update.version(), machine.name + " of rollout " + owner);
        });
    }
}
