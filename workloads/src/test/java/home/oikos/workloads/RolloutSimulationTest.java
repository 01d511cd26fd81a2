package home.oikos.workloads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The plan of a Deployment against a world in which pods become ready, die, and templates and sizes change, in the order a seed says.
class RolloutSimulationTest {
    private static final int STEPS = 400;

    static LongStream seeds() {
        return LongStream.range(0, 30);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aRolloutNeverTakesMoreThanItMayAndEndsWhole(long seed) {
        var world = new Rollout(new Random(seed));
        for (int step = 0; step < STEPS; step++) world.step(step < STEPS / 2);
        for (int step = 0; step < 400; step++) world.settle();
        world.assertWhole("seed " + seed);
    }

    /// ReplicaSets as numbers: how many pods each wants and how many of them are available.
    private static final class Rollout {
        private final Random random;
        private final List<Set> sets = new ArrayList<>();
        private int replicas = 4;
        private final int surge;
        private final int unavailable;
        private int template;
        private long revision;
        private boolean resized;

        private static final class Set {
            final int template;
            final int age;
            int wanted;
            int available;
            JsonObject annotations;

            Set(int template, int age, int wanted, JsonObject annotations) {
                this.template = template;
                this.age = age;
                this.wanted = wanted;
                this.annotations = annotations;
            }
        }

        Rollout(Random random) {
            this.random = random;
            this.surge = random.nextInt(3);
            this.unavailable = random.nextInt(3);
        }

        void step(boolean turbulent) {
            switch (random.nextInt(turbulent ? 20 : 6)) {
                case 0 -> die();
                case 18 -> template = random.nextInt(3);
                case 19 -> resize();
                default -> settle();
            }
        }

        private void resize() {
            replicas = 1 + random.nextInt(8);
            resized = true;
        }

        private void die() {
            sets.stream().filter(set -> set.available > 0).findAny().ifPresent(set -> set.available--);
        }

        void settle() {
            if (random.nextBoolean()) sets.stream().filter(set -> set.available < set.wanted).findAny().ifPresent(set -> set.available++);
            else plan();
        }

        private void plan() {
            var deployment = deployment();
            var views = sets.stream().map(this::view).toList();
            int availableBefore = available();
            for (var step : RolloutPlan.of(deployment, Revisions.of(deployment, views), false)) take(step, views);
            int total = sets.stream().mapToInt(set -> set.wanted).sum();
            if (!resized) {
                assertTrue(total <= Math.max(replicas + deployment.surge(), views.stream().mapToInt(ReplicaSet::replicas).sum()),
                        "more pods than the surge allows");
                assertTrue(available() >= Math.min(availableBefore, replicas - deployment.unavailable()), "fewer available than promised");
            }
            if (total <= replicas + deployment.surge()) resized = false;
        }

        private int available() {
            return sets.stream().mapToInt(set -> set.available).sum();
        }

        private void take(RolloutStep step, List<ReplicaSet> views) {
            switch (step) {
                case RolloutStep.Create create -> sets.add(new Set(template, sets.size(), create.replicas(),
                        Metadata.json(create.annotations())));
                case RolloutStep.Scale(var set, int size, var annotations) -> {
                    var scaled = sets.get(views.indexOf(set));
                    // A ReplicaSet deletes the pods that serve nobody first.
                    scaled.available = Math.min(scaled.available, size);
                    scaled.wanted = size;
                    scaled.annotations = scaled.annotations.withAll(Metadata.json(annotations));
                }
                case RolloutStep.Annotate(var set, var annotations) -> {
                    var changed = sets.get(views.indexOf(set));
                    changed.annotations = changed.annotations.withAll(Metadata.json(annotations));
                }
                case RolloutStep.Number(long number) -> revision = number;
                case RolloutStep.Delete _ -> { }
            }
        }

        private Deployment deployment() {
            return Deployment.of(JsonObject.of("metadata", JsonObject.of("name", "web", "uid", "u", "annotations",
                    JsonObject.of(Revisions.REVISION, String.valueOf(revision))), "spec", JsonObject.of(
                    "replicas", replicas, "strategy", JsonObject.of("type", "RollingUpdate", "rollingUpdate",
                            JsonObject.of("maxSurge", surge, "maxUnavailable", unavailable)),
                    "selector", JsonObject.of("matchLabels", JsonObject.of("app", "web")), "template", template(template))));
        }

        private static JsonObject template(int version) {
            return World.template("app", "web", String.valueOf(version));
        }

        private ReplicaSet view(Set set) {
            return ReplicaSet.of(JsonObject.of("metadata", JsonObject.of("name", "web-" + set.age, "annotations", set.annotations,
                            "creationTimestamp", "2026-01-01T00:00:%02dZ".formatted(set.age % 60)),
                    "spec", JsonObject.of("replicas", set.wanted, "template", template(set.template)),
                    "status", JsonObject.of("replicas", set.wanted, "availableReplicas", set.available)));
        }

        void assertWhole(String message) {
            for (var set : sets) {
                assertEquals(set.template == template ? replicas : 0, set.wanted, message);
                assertEquals(set.wanted, set.available, message);
            }
            assertTrue(sets.stream().anyMatch(set -> set.template == template), message);
        }
    }

    @org.junit.jupiter.api.Test
    void aPercentageOfSurgeRoundsUpAndOfUnavailableDown() {
        assertEquals(2, IntOrPercent.of(Json.of("25%"), 5, true));
        assertEquals(1, IntOrPercent.of(Json.of("25%"), 5, false));
    }
}
