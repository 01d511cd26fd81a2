package home.oikos.gateway;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.cel.CelPrograms;
import home.oikos.client.Cache;
import home.oikos.client.Informer;
import home.oikos.controller.ControllerGroup;
import home.oikos.driver.Announcement;
import home.oikos.driver.Command;
import home.oikos.driver.Delivery;
import home.oikos.driver.DeviceListener;
import home.oikos.driver.Driver;
import home.oikos.driver.Reading;
import home.oikos.driver.Value;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// Gives [House] threads, a clock, drivers and the API. One thread owns the house; drivers, informers and reviewers hand their words to its
/// inbox and, when that is full, wait: a flood is slowed down at its source.
public final class Gateway implements AutoCloseable {
    /// Words that wait for the house. At about 20 µs each a full inbox is 80 ms behind.
    static final int INBOX_MAX = 4_096;
    /// How long a write may wait for the interlocks' verdict; beyond it it is refused, for nobody knows.
    static final Duration REVIEW_TIMEOUT = Duration.ofSeconds(5);
    /// Between two attempts to reach an API that does not answer.
    private static final Duration API_RETRY = Duration.ofMillis(500);

    private final ControllerGroup group;
    private final Map<String, Driver> drivers = new TreeMap<>();
    private final Telemetry telemetry;
    private final House house;
    private final Admission admission;
    private final StatusPublisher publisher;
    private final Story story;
    private final CelPrograms workloads = CelPrograms.workloads();
    private final ArrayBlockingQueue<Word> inbox = new ArrayBlockingQueue<>(INBOX_MAX);
    private final Caches caches;
    private final Adoption adoption;
    private boolean devicesChanged;

    /// Something for the house to take in, on its thread.
    @FunctionalInterface
    private interface Word {
        void tell(Instant now);
    }

    private record Caches(Cache<DeviceSpec> devices, Cache<ModelSpec> models, Cache<InterlockSpec> interlocks, Cache<Watched> reactions,
            Cache<Watched> scalers) {
        void awaitSynced() throws InterruptedException {
            for (var cache : List.of(devices, models, interlocks, reactions, scalers)) cache.awaitSynced();
        }
    }

    /// @param group not started yet; the gateway adds what it watches
    /// @param discoveredNamespace where devices that nobody asked for show up
    public Gateway(ControllerGroup group, List<Driver> drivers, Telemetry telemetry, String discoveredNamespace) {
        this.group = group;
        drivers.forEach(driver -> this.drivers.put(driver.protocol(), driver));
        this.telemetry = telemetry;
        this.house = new House(CelPrograms.devices(), new Out(), group.clock().instant());
        this.admission = new Admission(house);
        var client = group.client().fieldManager("oikos-gateway");
        this.publisher = new StatusPublisher(client);
        this.story = new Story(group.events("oikos-gateway"), group.clock());
        this.caches = new Caches(group.watch(Informer.Scope.all(Kinds.DEVICES), DeviceSpec::read),
                group.watch(Informer.Scope.all(Kinds.DEVICE_MODELS), ModelSpec::read),
                group.watch(Informer.Scope.all(Kinds.INTERLOCKS), InterlockSpec::read),
                group.watch(Informer.Scope.all(Kinds.REACTIONS), Watched::ofReaction),
                group.watch(Informer.Scope.all(Kinds.SCALERS), Watched::ofScaler));
        this.adoption = new Adoption(client, discoveredNamespace);
        listen();
    }

    private void listen() {
        caches.models().onChange((key, _, model) -> say(now -> {
            if (model == null) house.removeModel(key.name(), now);
            else house.put(model, now);
        }));
        caches.interlocks().onChange((key, _, interlock) -> say(now -> interlock(key, interlock, now)));
        caches.devices().onChange((key, _, device) -> say(now -> device(key, device, now)));
        caches.reactions().onChange((_, _, _) -> say(_ -> watch()));
        caches.scalers().onChange((_, _, _) -> say(_ -> watch()));
    }

    /// Starts its threads; the group's informers are started by whoever owns the group.
    public void start() {
        group.fork("gateway", this::run);
        group.fork("gateway status", this::publish);
        group.fork("gateway story", story::run);
        group.fork("gateway adoption", () -> adoption.run(API_RETRY));
        group.fork("gateway history", this::keep);
    }

    private void say(Word word) {
        try {
            inbox.put(word);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            caches.awaitSynced();
            // Everything the caches told so far is in the inbox before this: the house acts only once it knows all of it.
            say(this::begin);
            var next = group.clock().instant();
            while (true) next = step(next);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void begin(Instant now) {
        house.begin(now);
        drivers.values().forEach(driver -> driver.start(new Listener(driver.protocol())));
        devicesChanged = true;
    }

    private Instant step(Instant next) throws InterruptedException {
        long wait = Math.max(0, Duration.between(group.clock().instant(), next).toMillis());
        var word = inbox.poll(wait, TimeUnit.MILLISECONDS);
        var now = group.clock().instant();
        for (int taken = 0; word != null && taken < INBOX_MAX; taken++, word = inbox.poll()) word.tell(now);
        var due = house.tick(now);
        if (devicesChanged) serve();
        handOver(now);
        return due;
    }

    private void serve() {
        devicesChanged = false;
        for (var driver : drivers.values()) {
            var connections = new HashMap<ObjectKey, JsonObject>();
            house.world.things.values().stream().filter(thing -> thing.spec.protocol().equals(driver.protocol()))
                    .forEach(thing -> connections.put(thing.key, thing.spec.connection().at(driver.protocol()).object()));
            driver.serve(connections);
        }
    }

    private void device(ObjectKey key, DeviceSpec device, Instant now) {
        if (device == null) {
            house.remove(key, now).forEach(Delivery::acknowledge);
            publisher.forget(key, Kinds.DEVICES);
            telemetry.forget(key);
        } else {
            publisher.known(new StatusPublisher.Target(Kinds.DEVICES, key, device.uid()), device.restored().without("announcement"));
            house.put(device, now);
            if (!device.modelName().isEmpty() && house.model(device.modelName()).isEmpty()) adoption.adopt(device);
        }
        devicesChanged = true;
    }

    private void interlock(ObjectKey key, InterlockSpec interlock, Instant now) {
        if (interlock == null) {
            house.removeInterlock(key, now);
            publisher.forget(key, Kinds.INTERLOCKS);
        } else {
            publisher.known(new StatusPublisher.Target(Kinds.INTERLOCKS, key, interlock.uid()), interlock.restored());
            house.put(interlock, now);
        }
    }

    private void watch() {
        house.watch(Watched.all(workloads, caches.reactions().all(), caches.scalers().all()));
    }

    /// Hands what changed to the publisher.
    private void handOver(Instant now) {
        for (var thing : house.world.things.values()) {
            if (!thing.dirty) continue;
            thing.dirty = false;
            var status = StatusForm.of(thing, now);
            var attempts = Map.copyOf(thing.attempts);
            var key = thing.key;
            publisher.offer(new StatusPublisher.Target(Kinds.DEVICES, key, thing.spec.uid()), new StatusPublisher.Draft(status, house.expendable(thing), thing.deliveries,
                    () -> { if (!attempts.isEmpty()) say(then -> house.committed(key, attempts, then)); }));
            thing.deliveries.clear();
        }
        for (var interlock : house.guard.interlocks.values()) {
            if (!interlock.dirty) continue;
            interlock.dirty = false;
            publisher.offer(new StatusPublisher.Target(Kinds.INTERLOCKS, interlock.key(), interlock.spec.uid()),
                    new StatusPublisher.Draft(StatusForm.of(interlock, house.world, now), Expendable.NOTHING, List.of(), () -> { }));
        }
    }

    private void keep() {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(FileHistory.FLUSH_PERIOD.toMillis());
                telemetry.flush();
            }
        } catch (IOException full) {
            System.getLogger("home.oikos.gateway").log(System.Logger.Level.WARNING, "readings are no longer kept: {0}", full.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void publish() {
        try {
            while (true) {
                publisher.awaitWork();
                if (publisher.runOnce() == StatusPublisher.Step.FAILED) TimeUnit.MILLISECONDS.sleep(API_RETRY.toMillis());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Answers an AdmissionReview about a home kind (DESIGN 5.1). Any thread may ask; it waits for the house.
    public JsonObject review(JsonObject review) {
        var asked = AdmissionReview.read(review);
        return asked.answer(asked.isSpecWrite() ? refusal(asked) : Optional.empty());
    }

    private Optional<String> refusal(AdmissionReview asked) {
        return switch (asked.kind()) {
            case "Device" -> ask(now -> admission.refusal(asked.oldObject().isEmpty() ? null : DeviceSpec.read(asked.oldObject()),
                    DeviceSpec.read(asked.object()), now));
            case "Interlock" -> admission.compileError(InterlockSpec.read(asked.object()).expression());
            case "Reaction" -> workloads.error(asked.object().at("spec", "when").text(""));
            default -> Optional.empty();
        };
    }

    private Optional<String> ask(Function<Instant, Optional<String>> question) {
        var answer = new CompletableFuture<Optional<String>>();
        try {
            if (!inbox.offer(now -> answer.complete(question.apply(now)), REVIEW_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) return busy();
            return answer.get(REVIEW_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            return busy();
        } catch (ExecutionException broken) {
            throw new IllegalStateException(broken.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return busy();
        }
    }

    private static Optional<String> busy() {
        return Optional.of("the interlocks could not be asked in time; try again");
    }

    /// Closes the drivers. The threads end with the group.
    @Override
    public void close() {
        drivers.values().forEach(Driver::close);
        telemetry.close();
    }

    /// Does what the house decides.
    private final class Out implements Outbox {
        @Override
        public String send(String protocol, Command command) {
            var driver = drivers.get(protocol);
            if (driver == null) return protocol.isEmpty() ? "it has no connection" : "there is no driver for " + protocol;
            try {
                driver.send(command);
                return "";
            } catch (IOException away) {
                return away.getMessage();
            }
        }

        @Override
        public void sample(ObjectKey device, PropertyModel property, Value value, Instant now) {
            telemetry.add(device, property, value, now);
        }

        @Override
        public void tell(Subject about, boolean warning, String reason, String message) {
            story.tell(about, warning, reason, message);
        }
    }

    /// Puts what a driver tells into the inbox.
    private final class Listener implements DeviceListener {
        private final String protocol;

        Listener(String protocol) {
            this.protocol = protocol;
        }

        @Override
        public void read(ObjectKey device, List<Reading> readings, Delivery delivery) {
            say(now -> {
                if (house.read(device, readings, delivery, now)) delivery.acknowledge();
            });
        }

        @Override
        public void available(ObjectKey device, boolean online) {
            say(now -> house.available(device, online, now));
        }

        @Override
        public void linked(boolean up, String why) {
            say(now -> house.linked(protocol, up, why, now));
        }

        @Override
        public void announced(Announcement announcement) {
            adoption.announced(protocol, announcement);
        }

        @Override
        public void withdrawn(String id) {
            adoption.withdrawn(id);
        }

        @Override
        public void refused(String source, String why) {
            story.refused(protocol, source, why);
        }
    }
}
