package home.oikos.gateway;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.client.Seeds;
import home.oikos.driver.Command;
import home.oikos.driver.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Heater and cooler under everything that can go wrong: people and rules that want both, control, commands and reports that are lost, late and out of
/// order, a gateway that is killed between any two steps, statuses that are written late. The world is simulated; the house is the real one.
class InterlockSimulationTest {
    private static final int STEPS = 1_000;
    private static final int DEAD_TIME_SECONDS = 60;
    /// Longer than a message can be late: what is later than the dead time no interlock can know of.
    private static final int LATE_SECONDS_MAX = 20;
    private static final List<String> BOTH = List.of("heater", "cooler");

    static LongStream seeds() {
        return Seeds.of(LongStream.rangeClosed(1, 20));
    }

    /// A message on its way.
    private record Message(Instant arrives, Command command) { }

    private static final class Plant {
        final TestHome home = new TestHome();
        final Random random;
        final List<Message> toDevices = new ArrayList<>();
        final List<Message> toGateway = new ArrayList<>();
        final boolean[] on = new boolean[2];

        Plant(long seed) {
            random = new Random(seed);
            home.device("heater", "relay").device("cooler", "relay");
            BOTH.forEach(name -> home.says(name, "on", false));
            home.interlock("xor", JsonObject.of("never", "device('heater').on && device('cooler').on", "deadTimeSeconds", DEAD_TIME_SECONDS,
                    "safeValues", JsonArray.of(TestHome.safe("heater", "on", false), TestHome.safe("cooler", "on", false)))).commit();
            home.passes(Duration.ofSeconds(120));
        }

        void step() {
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> home.want(BOTH.get(random.nextInt(2)), "on", random.nextBoolean());
                case 3 -> home.want(BOTH.get(random.nextInt(2)));
                case 4 -> control();
                case 5 -> restart();
                case 6, 7 -> home.commit();
                case 8 -> report();
                default -> home.house.tick(home.now);
            }
            carry();
            home.now = home.now.plusMillis(random.nextInt(8_000));
            deliver();
        }

        /// Nothing is lost any more, and somebody wants the cooler.
        void calmDown() {
            home.want("heater", "on", false).want("cooler", "on", true);
            for (int second = 0; second < 600; second++) {
                home.house.tick(home.now);
                home.commit();
                for (var command : home.out.commands) toDevices.add(new Message(home.now, command));
                home.out.commands.clear();
                deliver();
                report();
                home.now = home.now.plusSeconds(1);
            }
        }

        private void control() {
            home.spec("heater", JsonObject.of("modelName", "relay", "connection", JsonObject.of("fake", JsonObject.EMPTY),
                    "control", JsonObject.of("values",
                            JsonArray.of(JsonObject.of("property", "on", "value", random.nextBoolean() ? "true" : "!device('cooler').on")))));
        }

        /// Killed: what was not committed is gone, what the broker and the radio carry is not.
        private void restart() {
            carry();
            home.now = home.now.plusMillis(random.nextInt(5_000));
            home.restart();
        }

        /// Takes what the house sent; a third is lost, the rest is late.
        private void carry() {
            for (var command : home.out.commands) if (random.nextInt(3) > 0) toDevices.add(new Message(late(), command));
            home.out.commands.clear();
        }

        private Instant late() {
            return home.now.plusMillis(random.nextInt(LATE_SECONDS_MAX * 1_000));
        }

        private void deliver() {
            for (var message : arrived(toDevices)) {
                int index = BOTH.indexOf(message.command().device().name());
                on[index] = message.command().value().equals(new Value.Bool(true));
                if (random.nextInt(4) > 0) toGateway.add(new Message(home.now.plusMillis(random.nextInt(3_000)),
                        new Command(TestHome.key(BOTH.get(index)), "on", new Value.Bool(on[index]))));
            }
            for (var message : arrived(toGateway)) home.says(message.command().device().name(), "on", ((Value.Bool) message.command().value()).on());
        }

        private List<Message> arrived(List<Message> messages) {
            var arrived = messages.stream().filter(message -> !message.arrives().isAfter(home.now))
                    .sorted((a, b) -> a.arrives().compareTo(b.arrives())).toList();
            messages.removeAll(arrived);
            return arrived;
        }

        private void report() {
            for (int i = 0; i < 2; i++) home.says(BOTH.get(i), "on", on[i]);
        }
    }

    @ParameterizedTest @MethodSource("seeds")
    void heaterAndCoolerAreNeverOnTogether(long seed) {
        var plant = new Plant(seed);
        int heated = 0;
        int cooled = 0;
        for (int step = 0; step < STEPS; step++) {
            plant.step();
            heated += plant.on[0] ? 1 : 0;
            cooled += plant.on[1] ? 1 : 0;
            assertFalse(plant.on[0] && plant.on[1], "both on at step %d; replay with seed %d".formatted(step, seed));
        }
        assertTrue(heated + cooled > 0, "nothing ever happened with seed " + seed);
        plant.calmDown();
        assertTrue(plant.on[1] && !plant.on[0], "the cooler does not come on once all is calm; seed " + seed);
    }
}
