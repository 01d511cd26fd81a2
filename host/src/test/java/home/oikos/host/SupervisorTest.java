package home.oikos.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
    @TempDir
    Path dir;
    private final List<String> story = Collections.synchronizedList(new ArrayList<>());
    private final List<Supervisor> made = new ArrayList<>();

    @AfterEach
    void end() {
        made.forEach(supervisor -> supervisor.stop(Duration.ofSeconds(2)));
    }

    @Test
    void aChildRunsInASessionOfItsOwn() {
        var child = supervisor("sleep", "600").start().running().orElseThrow();
        var session = Command.of("ps", "-o", "sid=", "-p", Long.toString(child.pid())).run().text().strip();
        assertEquals(Long.toString(child.pid()), session);
    }

    @Test
    void aKilledChildIsStartedAgain() {
        var supervisor = supervisor("sleep", "600").start();
        var first = supervisor.running().orElseThrow();
        first.signal("KILL");
        await(() -> supervisor.running().isPresent() && supervisor.restarts() == 1);
        assertNotEquals(first, supervisor.running().orElseThrow());
    }

    @Test
    void theNextLifeAdoptsTheChildAndStartsNone() {
        var first = supervisor("sleep", "600").start();
        var child = first.running().orElseThrow();
        first.close();
        var second = supervisor("sleep", "600").start();
        assertEquals(child, second.running().orElseThrow());
        assertTrue(story.getLast().contains("still runs"), story.toString());
    }

    @Test
    void aPidUsedByAnotherProcessIsNotAdopted() throws Exception {
        Files.writeString(dir.resolve("child.identity"), ProcessHandle.current().pid() + " 1");
        var child = supervisor("sleep", "600").start().running().orElseThrow();
        assertNotEquals(ProcessHandle.current().pid(), child.pid());
    }

    @Test
    void stopEndsTheChildAndItStaysAway() {
        var supervisor = supervisor("sleep", "600").start();
        var child = supervisor.running().orElseThrow();
        supervisor.stop(Duration.ofSeconds(2));
        assertFalse(child.isAlive());
        supervisor.runOnce(Instant.MAX);
        assertFalse(supervisor.running().isPresent());
    }

    @Test
    void aChildThatKeepsDyingWaitsLongerEachTime() {
        var backOff = new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(60));
        assertEquals(List.of(0L, 1L, 2L, 4L, 5L, 5L),
                List.of(0, 1, 2, 3, 4, 40).stream().map(failures -> backOff.after(failures).toSeconds()).toList());
        assertEquals(0, backOff.failures(7, Duration.ofSeconds(61)));
        assertEquals(8, backOff.failures(7, Duration.ofSeconds(59)));
    }

    @Test
    void aLogThatGrowsIsCutAndOnePartKept() throws Exception {
        var supervisor = supervisor("sh", "-c", "head -c 1500000 /dev/zero; sleep 600").start();
        await(() -> Files.exists(dir.resolve("child.log.1")) && Files.size(dir.resolve("child.log")) < Supervisor.LOG_BYTES_MAX);
        assertTrue(supervisor.running().isPresent());
    }

    private Supervisor supervisor(String... words) {
        var spec = new ChildSpec("child", List.of(words), dir.resolve("child.log"));
        var supervisor = new Supervisor(spec, dir, "oikos-test", BackOff.CHILD, Clock.systemUTC(), story::add);
        made.add(supervisor);
        return supervisor;
    }

    private static void await(Check check) {
        for (int i = 0; i < 2_000; i++) {
            try {
                if (check.holds()) return;
            } catch (java.io.IOException notYet) {
                // looked at again
            }
            Pause.sleep(Pause.SHORT);
        }
        throw new AssertionError("did not happen within 10 s");
    }

    private interface Check {
        boolean holds() throws java.io.IOException;
    }
}
