package home.oikos.cli;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.client.Resource;
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
            Applied.put(home.client(), object, namespace, force);
            screen.out().println(title + " applied");
            return true;
        } catch (ApiException | Refusal refused) {
            screen.err().println(title + ": " + InterlockWords.of(refused.getMessage()));
            return false;
        }
    }

    /// Applying one object, for other verbs too.
    static final class Applied {
        private Applied() { }

        static Json put(home.oikos.client.ApiClient client, Json object, String namespace, boolean force) {
            var resource = resource(client, object);
            boolean placed = !resource.namespaced() || object.at("metadata", "namespace").isPresent();
            return client.apply(resource, placed ? object : object.object().withAt(namespace, "metadata", "namespace"), force);
        }

        static Resource resource(home.oikos.client.ApiClient client, Json object) {
            var apiVersion = object.at("apiVersion").text("");
            var kind = object.at("kind").text("");
            if (ObjectKey.of(object).name().isEmpty()) throw new Refusal("metadata.name: expected one, found none");
            return Kind.of(client).of(apiVersion, kind)
                    .orElseThrow(() -> new Refusal("this home knows no %s of %s".formatted(kind.isEmpty() ? "kind" : kind, apiVersion)));
        }
    }
}
