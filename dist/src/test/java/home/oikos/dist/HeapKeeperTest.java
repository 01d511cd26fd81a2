package home.oikos.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeapKeeperTest {
    private static final long MEBIBYTE = 1 << 20;
    private long heapBytes = 40 * MEBIBYTE;
    private long cpuNanos;
    private int collections;
    private final HeapKeeper keeper = new HeapKeeper(() -> heapBytes, () -> cpuNanos, this::collect);

    private void collect() {
        collections++;
        heapBytes = 20 * MEBIBYTE;
    }

    private void use(Duration cpu) {
        cpuNanos += cpu.toNanos();
    }

    @Test
    void whatAStartLeftBehindIsGivenBackOnceTheHomeRests() {
        use(Duration.ofSeconds(3));
        keeper.look();
        assertEquals(0, collections, "busy");
        use(Duration.ofMillis(200));
        keeper.look();
        assertEquals(1, collections);
    }

    @Test
    void aHeapThatStaysIsLeftAlone() {
        keeper.look();
        heapBytes = 23 * MEBIBYTE;
        keeper.look();
        assertEquals(1, collections);
    }

    @Test
    void aHeapThatHasGrownIsCollectedAgain() {
        keeper.look();
        heapBytes = 25 * MEBIBYTE;
        keeper.look();
        assertEquals(2, collections);
    }
}
