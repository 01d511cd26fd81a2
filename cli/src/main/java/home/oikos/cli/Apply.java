package home.oikos.cli;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `apply -f FILE`: server-side apply of every object in the file. What fails is told and the rest goes on.
@Command(name = "apply", description = "makes things as a manifest says")
final class Apply implements Callable<Integer> {
    @Mixin
    private final Home home;
    private final Screen screen;

    @Option(names = {"-f", "--filename"}, required = true, paramLabel = "FILE")
    private List<String> files;
    @Option(names = {"-n", "--namespace"}, description = "for objects that name none")
    private String namespace = "default";
    @Option(names = "--force", description = "takes over fields that others manage")
    private boolean force;

    Apply(Home home, Screen screen) {
        this.home = home;
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException {
        boolean failed = false;
        for (var file : files) for (var object : Manifests.read(file, screen)) failed |= !apply(object);
        return failed ? 1 : 0;
    }

    private boolean apply(Json object) {
        var title = object.at("kind").text("?") + " " + object.at("metadata", "name").text("?");
        try {
            Manifest.apply(home.client(), object, namespace, force);
            screen.out().println(title + " applied");
            return true;
        } catch (ApiException | Refusal refused) {
            screen.err().println(title + ": " + InterlockWords.of(refused.getMessage()));
            return false;
        }
    }
}
