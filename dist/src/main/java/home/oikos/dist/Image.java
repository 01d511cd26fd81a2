package home.oikos.dist;

import home.oikos.cli.Home;
import home.oikos.cli.Refusal;
import home.oikos.cli.Screen;
import home.oikos.cri.Containerd;
import home.oikos.cri.ImageBuilder;
import home.oikos.cri.ImageRequest;
import home.oikos.cri.ImageStore;
import home.oikos.host.CommandException;
import home.oikos.host.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `image build media --package nginx-light`, `image import FILE`, `image list`.
@Command(name = "image")
final class Image implements Callable<Integer> {
    @Mixin
    private final Home home;
    private final Screen screen;

    @Parameters(index = "0", paramLabel = "build|import|list")
    private String what;
    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME|FILE")
    private String name = "";
    @Option(names = "--package", paramLabel = "PACKAGE", description = "a Debian package, with what it needs; may be given several times")
    private List<String> packages = List.of();
    @Option(names = "--file", paramLabel = "INSIDE=FILE", description = "a file to put in")
    private Map<String, Path> files = new HashMap<>();
    @Option(names = "--cmd", paramLabel = "WORD", description = "what runs, word by word")
    private List<String> command = List.of();

    Image(Home home, Screen screen) {
        this.home = home;
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException {
        try {
            switch (what) {
                case "build" -> build(new ImageRequest(fullName(), packages, files, command));
                case "import" -> Containerd.imagesOf(instance()).load(existing());
                case "list" -> list(Containerd.imagesOf(instance()));
                default -> throw Refusal.usage("image knows build, import and list, not " + what);
            }
        } catch (IllegalArgumentException | CommandException refused) {
            throw new Refusal(refused.getMessage());
        }
        return 0;
    }

    private Instance instance() {
        return Instance.of(home.data());
    }

    /// `media` means `localhost/media:1`: a name that no registry is asked for.
    private String fullName() {
        if (name.isEmpty()) throw Refusal.usage("image build: expected a NAME");
        var tagged = name.contains(":") ? name : name + ":1";
        return tagged.contains("/") ? tagged : "localhost/" + tagged;
    }

    private Path existing() {
        if (name.isEmpty() || !Files.exists(Path.of(name))) throw Refusal.usage("image import: expected a FILE, found " + (name.isEmpty() ? "none" : name));
        return Path.of(name);
    }

    private void build(ImageRequest request) throws IOException {
        if (packages.isEmpty() && files.isEmpty()) throw Refusal.usage("image build: expected --package or --file");
        long bytes = build(instance(), request, line -> screen.out().println("  " + line));
        screen.out().println("%s is ready, %d MB".formatted(request.name(), bytes / 1_000_000));
    }

    /// Builds and loads an image.
    /// @return the archive's size in bytes
    static long build(Instance instance, ImageRequest request, Consumer<String> progress) throws IOException {
        var images = Containerd.imagesOf(instance);
        var work = Files.createTempDirectory("oikos-image-");
        try {
            var archive = new ImageBuilder(work, progress).build(request);
            images.load(archive);
            return Files.size(archive);
        } finally {
            Folders.remove(work);
        }
    }

    private void list(ImageStore images) {
        for (var image : images.list()) {
            screen.out().println("%-50s %5d MB".formatted(String.join(", ", image.names()), image.sizeBytes() / 1_000_000));
        }
    }
}
