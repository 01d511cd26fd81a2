package home.oikos.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImageCollectorTest {
    private static final Instant NOW = PodViews.NOW;

    private final ImageCollector collector = new ImageCollector(null, null);

    @Test
    void whatNobodyUsesGoesInTheOrderOfItsLastUse() {
        var images = List.of(pulled("a"), pulled("b"), pulled("c"));
        assertEquals(List.of(), collector.candidates(images, Set.of("a:1", "b:1"), NOW), "all are new or in use");
        collector.candidates(images, Set.of("a:1", "b:1"), NOW.plusSeconds(60));
        collector.candidates(images, Set.of("a:1"), NOW.plusSeconds(600));
        assertEquals(List.of("c", "b", "a"), names(collector.candidates(images, Set.of(), NOW.plusSeconds(1_200))));
    }

    @Test
    void whatWasMadeHereStaysBecauseNobodyCouldFetchItAgain() {
        var images = List.of(new Image("local", List.of("localhost/mine:1"), List.of(), 1, ""));
        collector.candidates(images, Set.of(), NOW);
        assertEquals(List.of(), collector.candidates(images, Set.of(), NOW.plusSeconds(3_600)));
    }

    @Test
    void aPodKeepsWhatItRunsAndWhatItIsAboutToRun() {
        var view = PodViews.of("{'containers':[{'name':'main','image':'next:2'}]}").room(0, true).running("main", 0).view();
        assertEquals(Set.of("next:2", "busybox", "sha256:1"), ImageCollector.namesIn(List.of(view)));
    }

    private static List<String> names(List<Image> images) {
        return images.stream().map(Image::id).toList();
    }

    private static Image pulled(String name) {
        return new Image(name, List.of(name + ":1"), List.of(name + "@sha256:1"), 1, "");
    }
}
