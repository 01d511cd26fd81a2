package home.oikos.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.JsonObject;
import home.oikos.client.ApiClient;
import home.oikos.client.Resources;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// What was answered is on disk, and a home that was backed up comes back as it was.
class AcknowledgedWritesTest {
    private static final Duration TIME = Duration.ofSeconds(40);
    private static final int ROUNDS_OF_A_SOAK = 100;
    private static final int WRITERS = 8;
    private static final boolean SOAK = Boolean.getBoolean("oikos.soak");

    @Test
    void everyAcknowledgedWriteIsThereAfterEveryKillAndNoRevisionIsGivenTwice() throws Exception {
        try (var machine = Machine.create(); var home = Home.on(machine)) {
            home.up("--no-containers");
            home.kubectl("create", "namespace", "load").run();
            long seed = new SplittableRandom().nextLong();
            System.out.println("seed " + seed);
            var random = new SplittableRandom(seed);
            var writers = new ArrayList<Writer>();
            for (int i = 0; i < WRITERS; i++) writers.add(new Writer(i));
            int rounds = 0;
            long end = System.nanoTime() + TIME.toNanos();
            while (SOAK ? rounds < ROUNDS_OF_A_SOAK : System.nanoTime() < end) {
                round(home, writers, Duration.ofMillis(random.nextInt(1_000)));
                rounds++;
            }
            long writes = writes(writers);
            System.out.printf("%d kills, %,d acknowledged writes, %d without an answer%n", rounds, writes, writers.stream().mapToInt(writer ->
                    writer.unanswered).sum());
            assertTrue(rounds >= 2, "hardly anything was tried: %d kills, %d writes".formatted(rounds, writes));
            assertEveryRevisionOnce(writers);
        }
    }

    private static void round(Home home, ArrayList<Writer> writers, Duration life) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (var writer : writers) running.add(threads.submit(() -> {
                writer.write(home.client());
                return null;
            }));
            long before = writes(writers);
            Eventually.passes("writes are acknowledged", () -> assertTrue(writes(writers) > before + WRITERS));
            Thread.sleep(life);
            home.kill("serve");
            for (var one : running) one.get();
        }
        Eventually.passes("the API answers again", () -> assertTrue(home.answers()));
        var found = new HashMap<String, Integer>();
        for (var map : home.client().list(Resources.CONFIG_MAPS, "load")) {
            found.put(map.at("metadata", "name").text(""), Integer.parseInt(map.at("data", "n").text("0")));
        }
        for (var writer : writers) writer.check(found.getOrDefault(writer.name(), 0));
    }

    private static long writes(ArrayList<Writer> writers) {
        return writers.stream().mapToLong(writer -> writer.acknowledgedCount.get()).sum();
    }

    private static void assertEveryRevisionOnce(ArrayList<Writer> writers) {
        var owners = new TreeMap<Long, String>();
        for (var writer : writers) {
            writer.revisions.forEach((revision, write) -> {
                var other = owners.put(revision, write);
                if (other != null) throw new AssertionError("revision " + revision + " was given to " + other + " and to " + write);
            });
        }
    }

    /// Counts up in a ConfigMap of its own, and remembers what it was told.
    private static final class Writer {
        private final int number;
        private final TreeMap<Long, String> revisions = new TreeMap<>();
        private final AtomicLong acknowledgedCount = new AtomicLong();
        private int tried;
        private int acknowledged;
        private int unanswered;

        Writer(int number) {
            this.number = number;
        }

        String name() {
            return "counter-" + number;
        }

        /// Until the server dies under it.
        void write(ApiClient client) {
            try {
                while (true) {
                    tried++;
                    var wanted = JsonObject.of("apiVersion", "v1", "kind", "ConfigMap", "metadata", JsonObject.of("name", name(), "namespace", "load"),
                            "data", JsonObject.of("n", Integer.toString(tried)));
                    var answer = client.apply(Resources.CONFIG_MAPS, wanted, true);
                    acknowledged = tried;
                    acknowledgedCount.incrementAndGet();
                    long revision = Long.parseLong(answer.at("metadata", "resourceVersion").text(""));
                    var other = revisions.put(revision, name() + "=" + tried);
                    assertEquals(null, other, "revision " + revision + " again");
                }
            } catch (RuntimeException died) {
                unanswered++;
            }
        }

        void check(int found) {
            if (found < acknowledged || found > tried) {
                throw new AssertionError("%s: %d was acknowledged, %d was tried last, %d is there".formatted(name(), acknowledged, tried, found));
            }
        }
    }

    @Test
    void aHomeThatWasWipedIsTheSameAfterRestore() throws Exception {
        try (var machine = Machine.create(); var home = Home.on(machine)) {
            var key = recoveryKey(home.up("--no-containers"));
            home.kubectl("create", "configmap", "kept", "--from-literal=a=1").run();
            home.kubectl("create", "secret", "generic", "kept", "--from-literal=password=otter").run();
            var before = everything(home);
            var file = Files.createTempDirectory("oikos-e2e").resolve("home.backup");
            try {
                home.oikos("backup", file.toString()).run();
                home.down();
                home.wipe();
                home.oikos("restore", file.toString()).input(key + "\n").run();
                home.up("--no-containers");
                assertEquals(withoutLinks(before), withoutLinks(everything(home)));
                assertEquals("b3R0ZXI=", home.field("{.data.password}", "secret", "kept"));
            } finally {
                Files.deleteIfExists(file);
                Files.delete(file.getParent());
            }
        }
    }

    private static String recoveryKey(String said) {
        return said.lines().filter(line -> line.contains("recovery")).findFirst().orElseThrow().replaceFirst(".*recovery +", "").strip();
    }

    /// Names and identities of what an owner would miss.
    /// Every `up` makes a new one-time link to the page.
    private static String withoutLinks(String lines) {
        return lines.lines().filter(line -> !line.contains("oikos-system/login-")).collect(java.util.stream.Collectors.joining("\n"));
    }

    private static String everything(Home home) {
        var kinds = "namespaces,configmaps,secrets,serviceaccounts,clusterroles,customresourcedefinitions";
        return home.field("{range .items[*]}{.kind} {.metadata.namespace}/{.metadata.name} {.metadata.uid}{\"\\n\"}{end}", kinds, "-A");
    }
}
