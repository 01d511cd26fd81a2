package home.oikos.dice;

import home.oikos.api.Json;
import home.oikos.client.Informer;
import home.oikos.client.Resources;
import home.oikos.client.Selection;
import home.oikos.controller.ControllerGroup;
import home.oikos.http.Request;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/// Adds what this room does to a group, and offers its API. Closed after the group. It needs the rights to read EntropySources, Services and, where
/// it is to fill them, Secrets; to write the status of the first and the content of the last; and to write events.
public final class DiceControllers implements AutoCloseable {
    private final Feeds feeds;
    private final DiceApi api;

    private DiceControllers(Feeds feeds, DiceApi api) {
        this.feeds = feeds;
        this.api = api;
    }

    /// @param secretsIn the namespaces whose Secrets are filled; an empty name is all of them
    /// @param user who sent a request, by name
    public static DiceControllers addTo(ControllerGroup group, HomeRandom random, Machine machine, List<String> secretsIn, Function<Request, String> user) {
        var queue = new AtomicReference<home.oikos.controller.WorkQueue>();
        var feeds = new Feeds(new Openers(group.client(), machine), random, key -> queue.get().add(key), group.clock());
        var events = group.events("oikos-dice");
        var sources = group.watch(Informer.Scope.all(Kinds.ENTROPY_SOURCES), DiceControllers::asked);
        queue.set(group.add("entropy-sources", new EntropySourceReconciler(group.client(), feeds, events, group.clock())).on(sources).queue());
        var filler = new SecretReconciler(group.client(), random, events, group.clock());
        for (var namespace : secretsIn) {
            var secrets = group.watch(new Informer.Scope(Resources.SECRETS, namespace, Selection.ALL), GeneratedSecret::of);
            group.add("generated-secrets", filler).on(secrets);
        }
        return new DiceControllers(feeds, new DiceApi(feeds, random, user, group.clock()));
    }

    /// What of a source is worth a look when it changes: what is asked for, not what we said of it.
    private static Asked asked(Json object) {
        var metadata = object.at("metadata");
        return new Asked(metadata.at("uid").text(""), metadata.at("generation").integer(0L), metadata.at("annotations", EntropySource.RESET).text(""));
    }

    private record Asked(String uid, long generation, String reset) { }

    public DiceApi api() {
        return api;
    }

    @Override
    public void close() {
        feeds.close();
    }
}
