package home.oikos.controller;

import home.oikos.api.Json;
import home.oikos.client.ApiClient;
import home.oikos.client.Cache;
import home.oikos.client.Informer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// Controllers that live together over shared informers. Wire them by [#watch] and [#add], then [#start]; or leave it unstarted and call
/// [#runOnce] from a simulation. Wired by one thread.
public final class ControllerGroup implements AutoCloseable {
    private final ApiClient client;
    private final Surroundings surroundings;
    private final Map<Watched, Informer<?>> informers = new LinkedHashMap<>();
    private final List<Controller> controllers = new ArrayList<>();
    private final List<Informer<?>> ownInformers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private boolean closed;

    /// The world outside: time, waiting, chance, and where failures are told.
    public record Surroundings(Clock clock, Informer.Pause pause, RandomGenerator random, Failures failures) { }

    /// Two readers share an informer when they watch the same through the same function object.
    private record Watched(Informer.Scope scope, Function<Json, ?> record) { }

    public ControllerGroup(ApiClient client, Surroundings surroundings) {
        this.client = client;
        this.surroundings = surroundings;
    }

    public ApiClient client() {
        return client;
    }

    public Clock clock() {
        return surroundings.clock();
    }

    public RandomGenerator random() {
        return surroundings.random();
    }

    /// A recorder that writes events in the name of that component.
    public EventRecorder events(String component) {
        return new EventRecorder(client, component, surroundings.clock(), surroundings.random());
    }

    /// The cache of what is watched, kept up to date once the group is started.
    @SuppressWarnings("unchecked")
    public <T> Cache<T> watch(Informer.Scope scope, Function<Json, T> record) {
        return (Cache<T>) informers.computeIfAbsent(new Watched(scope, record), _ -> informer(scope, record)).cache();
    }

    private <T> Informer<T> informer(Informer.Scope scope, Function<Json, T> record) {
        return new Informer<>(client, scope, record, surroundings.pause(), surroundings.random());
    }

    /// An informer that the caller runs by [#fork], now or later; it ends with the group.
    public synchronized <T> Informer<T> ownInformer(Informer.Scope scope, Function<Json, T> record) {
        var informer = informer(scope, record);
        ownInformers.add(informer);
        return informer;
    }

    /// A controller that the caller runs by [#fork].
    public Controller ownController(String name, Reconciler reconciler) {
        return new Controller(name, reconciler, surroundings.failures());
    }

    /// Adds a controller; its queue is fed by what the caller connects it [Controller#on].
    public Controller add(String name, Reconciler reconciler) {
        var controller = new Controller(name, reconciler, surroundings.failures());
        controllers.add(controller);
        return controller;
    }

    /// Reads all there is, then lets every controller work on a thread of its own. Returns at once; work begins when the caches are full.
    public void start() {
        for (var informer : informers.values()) fork("watch " + informer.scope().resource().plural(), informer::run);
        for (var controller : controllers) fork(controller.name(), () -> runWhenSynced(controller));
    }

    private void runWhenSynced(Controller controller) {
        try {
            for (var informer : informers.values()) informer.cache().awaitSynced();
            controller.run(surroundings.clock());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Runs something beside the controllers until the group is closed; nothing any more when it is.
    public synchronized void fork(String name, Runnable work) {
        if (!closed) threads.add(Thread.ofVirtual().name(name).start(work));
    }

    /// Reads everything once: the first step of a simulation, and how it sees what changed.
    public void list() {
        informers.values().forEach(Informer::list);
    }

    /// One step of each controller that has something to do.
    /// @return whether any had
    public boolean runOnce(Instant now) {
        boolean worked = false;
        for (var controller : controllers) worked |= controller.runOnce(now);
        return worked;
    }

    /// Ends all threads and waits for them. The lock is not held meanwhile: a controller may be about to fork.
    @Override
    public void close() {
        var running = stop();
        try {
            for (var thread : running) thread.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<Thread> stop() {
        closed = true;
        informers.values().forEach(Informer::close);
        ownInformers.forEach(Informer::close);
        threads.forEach(Thread::interrupt);
        return List.copyOf(threads);
    }
}
