package home.oikos.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// kill -9 of a real process under load, again and again on the same directory.
class KillTest {
    private static final Duration BOX = Duration.ofSeconds(5);
    private static final int SOAK_ROUNDS = 100;
    private static final int ANSWERS_BEFORE_KILL_MAX = 4_000;

    @TempDir
    Path directory;

    private final Map<String, KillVictim.Line> newest = new HashMap<>();
    private final Set<Long> revisions = new HashSet<>();
    private long newestRevision;

    @Test
    void everyAnsweredWriteIsThereAfterEachKillAndNoRevisionComesTwice() {
        int rounds = Repetition.of("KillTest", BOX, SOAK_ROUNDS, seed -> {
            int answers = new SplittableRandom(seed).nextInt(ANSWERS_BEFORE_KILL_MAX);
            killAfter(answers);
            check();
        });
        System.out.printf("%d kills, %d answered writes%n", rounds, revisions.size());
        assertTrue(rounds > 0);
    }

    private void killAfter(int answers) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(java, "-XX:+UseSerialGC", "-Xmx128m", "-XX:TieredStopAtLevel=1",
                "-cp", System.getProperty("java.class.path"), KillVictim.class.getName(), directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var output = process.inputReader()) {
            for (int i = 0; i < answers; i++) hear(output.readLine());
            // Process.destroyForcibly would also close what it still has to say.
            process.toHandle().destroyForcibly();
            hearRest(output);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /// What the process said before it died. A last line that is whole counts: it may announce a deletion that was carried out.
    private void hearRest(BufferedReader output) throws IOException {
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            if (line.endsWith(KillVictim.Line.END)) hear(line);
        }
    }

    private void hear(String line) {
        if (line == null) throw new AssertionError("the process ended by itself");
        var said = KillVictim.Line.parse(line);
        // Only one thread writes a key, so its lines come in order.
        newest.put(said.key(), said);
        if (said.word() == KillVictim.Word.DELETING) return;
        assertTrue(revisions.add(said.revision()), "revision %d was handed out twice".formatted(said.revision()));
        newestRevision = Math.max(newestRevision, said.revision());
    }

    private void check() throws Exception {
        try (var store = LogStore.open(directory, Clock.systemUTC(), LogOptions.standard())) {
            store.verify();
            assertTrue(store.revision() > newestRevision);
            for (var said : newest.values()) check(said, store.snapshot());
        }
    }

    private static void check(KillVictim.Line said, Snapshot snapshot) {
        long found = snapshot.get(said.key()).map(Entry::revision).orElse(0L);
        // A later write may be there though its answer was not heard any more.
        boolean kept = found > said.revision() || switch (said.word()) {
            case PUT -> found == said.revision();
            case DELETING -> found == said.revision() || found == 0;
            case DELETED -> found == 0;
        };
        assertTrue(kept, "%s was said, found revision %d".formatted(said, found));
    }
}
