package home.oikos.dist;

import home.oikos.cli.Home;
import home.oikos.cri.Containerd;
import home.oikos.cri.ImageRequest;
import home.oikos.cri.ImageStore;
import home.oikos.host.Instance;
import java.util.List;
import java.util.Map;

/// The images of the demo home, built from Debian's packages where they are not there yet.
final class DemoImages {
    private static final List<ImageRequest> IMAGES = List.of(
            new ImageRequest("localhost/media:1", List.of("nginx-light"), Map.of(), List.of()),
            new ImageRequest("localhost/reader:2", List.of("curl", "busybox-static", "mosquitto-clients"), Map.of(), List.of()));

    private DemoImages() { }

    static void build(Home home, Progress progress) throws Exception {
        var instance = Instance.of(home.data());
        var images = Containerd.imagesOf(instance);
        for (var image : IMAGES) {
            if (isThere(images, image)) continue;
            var title = image.name().replaceAll("^localhost/|:[0-9]+$", "") + ": " + String.join(", ", image.packages());
            progress.run("image", title, () -> Image.build(instance, image, _ -> { }));
        }
    }

    private static boolean isThere(ImageStore images, ImageRequest wanted) {
        return images.list().stream().anyMatch(image -> image.names().contains(wanted.name()));
    }
}
