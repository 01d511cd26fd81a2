package home.oikos.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvictionsTest {
    private static final long MEBIBYTE = 1L << 20;

    @Test
    void whoUsesMoreThanItAskedForGoesBeforeWhoKeepsToIt() {
        var greedy = pod("greedy", 0, "64Mi");
        var modest = pod("modest", 0, "256Mi");
        assertEquals(Optional.of(greedy), victim(greedy, 100, modest, 200));
    }

    @Test
    void ofThoseTheLessImportantGoesFirstAndThenTheGreediest() {
        assertEquals("low", victim(pod("high", 1_000, "1Mi"), 900, pod("low", 0, "1Mi"), 100).orElseThrow().identity().name());
        assertEquals("most", victim(pod("most", 0, "1Mi"), 900, pod("less", 0, "1Mi"), 100).orElseThrow().identity().name());
    }

    @Test
    void whatTheSystemNeedsAndWhatEndsAlreadyStays() {
        var system = pod("system", 2_000_000_000, "1Mi");
        var evicted = view("evicted", 0, "1Mi").verdict(new PodVerdict("Evicted", "")).view();
        assertEquals(Optional.empty(), victim(system, 500, evicted, 500));
    }

    private static Optional<PodView> victim(PodView one, long oneMebibytes, PodView two, long twoMebibytes) {
        return Evictions.victim(List.of(one, two), Map.of(one.identity().uid(), oneMebibytes * MEBIBYTE, two.identity().uid(),
                twoMebibytes * MEBIBYTE));
    }

    private static PodView pod(String name, int priority, String memory) {
        return view(name, priority, memory).view();
    }

    private static PodViews view(String name, int priority, String memory) {
        return PodViews.of("{'priority':%d,'containers':[{'name':'main','resources':{'requests':{'memory':'%s'}}}]}".formatted(priority,
                memory)).named(name).room(0, true).running("main", 0);
    }
}
