package home.oikos.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import home.oikos.host.AddressPlan;
import home.oikos.host.Instance;
import home.oikos.node.ContainerRuntime.Usage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeMetricsTest {
    private final AtomicInteger samples = new AtomicInteger();

    @Test
    void useIsTheDifferenceOfTwoSamplesAndWhatWasNotThereBeforeIsLeftOut(@TempDir Path dir) throws Exception {
        var spec = "{'containers':[{'name':'main'},{'name':'new'}]}";
        var view = PodViews.of(spec).room(0, true).running("main", 0).running("new", 0).view();
        // Each look at the clock is two seconds later.
        var time = new AtomicInteger();
        var instance = Instance.of(dir);
        var settings = new NodeSettings(instance, AddressPlan.keep(dir.resolve("network"), instance.id()), "here", "127.0.0.1");
        var metrics = new NodeMetrics(this::usage, () -> 4_000_000_000L * samples.get(), settings, new Machine(2, 1L << 40, 0, "", "", "", "", ""),
                () -> List.of(view), new Ticking(time));
        var pods = metrics.pods();
        assertEquals("[{\"name\":\"main\",\"usage\":{\"cpu\":\"250000000n\",\"memory\":\"64Ki\"}}]", pods.getFirst().at("containers").toString());
        assertEquals("home/web", pods.getFirst().at("metadata", "namespace").text("") + "/" + pods.getFirst().at("metadata", "name").text(""));
    }

    private Map<String, Usage> usage() {
        int sample = samples.getAndIncrement();
        var main = new Usage("u1", "main", sample * 1_000_000_000L, 65_536);
        return sample == 0 ? Map.of("main0", main) : Map.of("main0", main, "new0", new Usage("u1", "new", 1, 1));
    }

    private static final class Ticking extends Clock {
        private final AtomicInteger time;

        Ticking(AtomicInteger time) {
            this.time = time;
        }

        @Override
        public Instant instant() {
            return PodViews.NOW.plusSeconds(2L * time.getAndIncrement());
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }
    }
}
