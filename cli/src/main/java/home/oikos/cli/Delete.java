package home.oikos.cli;

import home.oikos.api.ObjectKey;
import home.oikos.client.DeleteOptions;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `delete device attic-light`, `delete -f FILE`.
@Command(name = "delete", description = "removes things")
final class Delete implements Callable<Integer> {
    @Mixin
    private final Home home;
    private final Screen screen;

    @Parameters(index = "0", arity = "0..1", paramLabel = "KIND")
    private String kind = "";
    @Parameters(index = "1..*", paramLabel = "NAME")
    private List<String> names = List.of();
    @Option(names = {"-f", "--filename"}, paramLabel = "FILE")
    private List<String> files = List.of();
    @Option(names = {"-n", "--namespace"})
    private String namespace = "";

    Delete(Home home, Screen screen) {
        this.home = home;
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException {
        if (files.isEmpty() && (kind.isEmpty() || names.isEmpty())) throw Refusal.usage("expected a KIND and a NAME, or -f FILE");
        var client = home.client();
        for (var file : files) {
            for (var object : Manifests.read(file, screen).reversed()) {
                boolean there = client.deleteIfPresent(Manifest.resource(client, object), ObjectKey.of(object), DeleteOptions.DEFAULT);
                screen.out().println(object.at("kind").text("") + " " + object.at("metadata", "name").text("") + (there ? " deleted" : " was not there"));
            }
        }
        if (!names.isEmpty()) named();
        return 0;
    }

    private void named() {
        var resource = Kind.of(home.client()).named(kind);
        for (var name : names) {
            var key = resource.namespaced() ? ObjectKey.of(Located.find(home.client(), resource, name, namespace)) : new ObjectKey("", name);
            home.client().delete(resource, key, DeleteOptions.DEFAULT);
            screen.out().println(resource.kind() + " " + name + " deleted");
        }
    }
}
