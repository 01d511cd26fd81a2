package home.oikos.node;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Takes away images that no pod uses when the disk gets full, those first that were used longest ago, until it is less full. What was
/// made or imported on this machine stays: nobody could fetch it again. One thread.
final class ImageCollector {
    /// The kubelet's `imageGCHighThresholdPercent` and `imageGCLowThresholdPercent`.
    static final int DISK_USED_PERCENT_HIGH = 85;
    static final int DISK_USED_PERCENT_LOW = 80;
    /// A pod may be about to start that an image has just been fetched for.
    static final Duration UNUSED_MIN = Duration.ofMinutes(2);

    private final Workbench bench;
    private final NodePressure pressure;
    /// When each image was last seen in use, or for the first time, by ID.
    private final Map<String, Instant> used = new HashMap<>();

    ImageCollector(Workbench bench, NodePressure pressure) {
        this.bench = bench;
        this.pressure = pressure;
    }

    void runOnce(Collection<PodView> pods) {
        if (pressure.diskUsedPercent() < DISK_USED_PERCENT_HIGH) return;
        var images = bench.runtime().images();
        for (var image : candidates(images, namesIn(pods), bench.clock().instant())) {
            bench.runtime().removeImage(image.id());
            if (pressure.diskUsedPercent() < DISK_USED_PERCENT_LOW) return;
        }
    }

    /// Everything a pod of this node calls an image by.
    static Set<String> namesIn(Collection<PodView> pods) {
        var ran = pods.stream().flatMap(view -> view.containers().stream()).flatMap(run -> Stream.of(run.image(), run.imageRef()));
        var wanted = pods.stream().flatMap(view -> view.specs().stream()).map(spec -> spec.json().at("image").text(""));
        return Stream.concat(ran, wanted).collect(Collectors.toSet());
    }

    /// What may go, in that order.
    List<Image> candidates(List<Image> images, Set<String> inUse, Instant now) {
        var idle = new ArrayList<Image>();
        for (var image : images) {
            if (image.isLocal()) continue;
            if (isIn(inUse, image)) used.put(image.id(), now);
            else if (used.computeIfAbsent(image.id(), _ -> now).plus(UNUSED_MIN).compareTo(now) <= 0) idle.add(image);
        }
        idle.sort(Comparator.comparing(image -> used.get(image.id())));
        return idle;
    }

    private static boolean isIn(Set<String> names, Image image) {
        return names.contains(image.id()) || image.names().stream().anyMatch(names::contains)
                || image.digests().stream().anyMatch(names::contains);
    }
}
