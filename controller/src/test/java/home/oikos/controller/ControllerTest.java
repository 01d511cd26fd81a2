package home.oikos.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import home.oikos.api.ApiException;
import home.oikos.api.ObjectKey;
import home.oikos.api.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControllerTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ObjectKey KEY = new ObjectKey("n", "a");

    private final Deque<Object> script = new ArrayDeque<>();
    private final List<ObjectKey> worked = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final Controller controller = new Controller("test", this::reconcile, (name, key, why) -> failures.add(why.getMessage()));

    private Outcome reconcile(ObjectKey key) {
        worked.add(key);
        var next = script.isEmpty() ? Outcome.SETTLED : script.poll();
        if (next instanceof RuntimeException broken) throw broken;
        return (Outcome) next;
    }

    @Test
    void aKeyThatWasAddedTwiceIsWorkedOnOnce() {
        controller.queue().add(KEY);
        controller.queue().add(KEY);
        assertTrue(controller.runOnce(NOW));
        assertFalse(controller.runOnce(NOW));
    }

    @Test
    void aKeyThatIsAddedWhileItIsWorkedOnComesAgain() {
        controller.queue().add(KEY);
        var taken = controller.queue().poll(NOW).orElseThrow();
        controller.queue().add(KEY);
        assertTrue(controller.queue().poll(NOW).isEmpty());
        controller.queue().done(taken);
        assertEquals(KEY, controller.queue().poll(NOW).orElseThrow());
    }

    @Test
    void itLooksAgainWhenItSaidItWould() {
        script.add(new Outcome.CheckAgain(Duration.ofMinutes(5)));
        controller.queue().add(KEY);
        controller.runOnce(NOW);
        assertFalse(controller.runOnce(NOW.plusSeconds(299)));
        assertTrue(controller.runOnce(NOW.plusSeconds(300)));
    }

    @Test
    void theEarlierOfTwoTimesHolds() {
        controller.queue().addAt(KEY, NOW.plusSeconds(60));
        controller.queue().addAt(KEY, NOW.plusSeconds(10));
        assertTrue(controller.runOnce(NOW.plusSeconds(10)));
        assertFalse(controller.runOnce(NOW.plusSeconds(60)));
    }

    @Test
    void whatBreaksIsToldAndTriedAgainEverLater() {
        script.add(new IllegalStateException("broken"));
        script.add(new IllegalStateException("still"));
        controller.queue().add(KEY);
        controller.runOnce(NOW);
        assertFalse(controller.runOnce(NOW.plusMillis(9)));
        assertTrue(controller.runOnce(NOW.plusMillis(10)));
        assertFalse(controller.runOnce(NOW.plusMillis(29)));
        assertTrue(controller.runOnce(NOW.plusMillis(30)));
        assertEquals(List.of("broken", "still"), failures);
    }

    @Test
    void aConflictIsTriedAgainWithoutAWord() {
        script.add(new ApiException(Reason.CONFLICT, "modified"));
        controller.queue().add(KEY);
        controller.runOnce(NOW);
        assertTrue(controller.runOnce(NOW.plusMillis(10)));
        assertEquals(List.of(), failures);
    }

    @Test
    void backOffEndsAtItsMaximum() {
        var backoff = new Backoff();
        for (int i = 0; i < 40; i++) backoff.next(KEY);
        assertEquals(Backoff.MAX, backoff.next(KEY));
        backoff.forget(KEY);
        assertEquals(Backoff.FIRST, backoff.next(KEY));
    }
}
