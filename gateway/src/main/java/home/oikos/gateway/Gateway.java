package home.oikos.gateway;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.cel.CelPrograms;
import home.oikos.controller.ControllerGroup;
import home.oikos.driver.Command;
import home.oikos.driver.Delivery;
import home.oikos.driver.Driver;
import home.oikos.driver.Value;
import home.oikos.http.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Gives [House] threads, a clock, drivers and the API. One thread owns the house; [Drivers], [ApiListener] and [Reviews] hand their words to its
/// [Inbox], and [StatusPublisher] tells the API what changed.
public final class Gateway implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("home.oikos.gateway");
    /// Between two attempts to reach an API that does not answer.
    private static final Duration API_RETRY = Duration.ofMillis(500);

    private final ControllerGroup group;
    private final Drivers drivers;
    private final TokenSecrets tokens;
    private final Channels channels;
    private final Telemetry telemetry;
    private final House house;
    private final Inbox inbox = new Inbox();
    private final ClockWatch clockWatch = new ClockWatch(System::nanoTime);
    private final ApiListener api;
    private final Reviews reviews;
    private final StatusPublisher publisher;
    private final Story story;
    private final Adoption adoption;
    private boolean devicesChanged;

    /// @param group not started yet; the gateway adds what it watches
    /// @param discoveredNamespace where devices that nobody asked for show up
    /// @param bootId another one each time the machine is switched on
    public Gateway(ControllerGroup group, List<Driver> drivers, FirmwarePart firmware, Telemetry telemetry, String discoveredNamespace, String bootId) {
        this.group = group;
        this.drivers = new Drivers(drivers);
        this.telemetry = telemetry;
        this.house = new House(CelPrograms.devices(), new Out(), firmware.rules(), new Boot(bootId, System::nanoTime),
                group.clock().instant());
        this.tokens = new TokenSecrets(group, TokenSecrets.FIRMWARE, firmware.tokenNamespaces(), () -> inbox.say(_ -> devicesChanged = true));
        this.channels = new Channels(firmware.channels(), tokens::of);
        var client = group.client().fieldManager("oikos-gateway");
        this.publisher = new StatusPublisher(client);
        this.story = new Story(group.events("oikos-gateway"), group.clock());
        this.adoption = new Adoption(client, discoveredNamespace);
        var workloads = CelPrograms.workloads();
        this.reviews = new Reviews(inbox, new Admission(house), workloads);
        this.api = new ApiListener(group, workloads, inbox, this);
        api.listen();
    }

    /// Starts its threads; the group's informers are started by whoever owns the group.
    public void start() {
        group.fork("gateway", this::run);
        group.fork("gateway status", this::publish);
        group.fork("gateway story", story::run);
        group.fork("gateway adoption", () -> adoption.run(API_RETRY));
    }

    private void run() {
        try {
            api.awaitSynced();
            tokens.awaitSynced();
            // Everything the caches told so far is in the inbox before this: the house acts only once it knows all of it.
            inbox.say(this::begin);
            var next = group.clock().instant();
            while (true) next = step(next);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void begin(Instant now) {
        house.begin(now);
        drivers.start(protocol -> new DriverListener(protocol, inbox, house, adoption, story));
        // Before anything else is told: a driver that is connected and knows no devices yet would take a command and lose it.
        drivers.serve(house.world.things.values());
        channels.start(new ChannelListener(inbox, house, story));
        devicesChanged = true;
    }

    private Instant step(Instant next) throws InterruptedException {
        var now = inbox.tellUntil(next, this::time);
        var due = house.tick(now);
        if (devicesChanged) drivers.serve(house.world.things.values());
        if (house.firmwares.takeChanged() || devicesChanged) channels.serve(house);
        devicesChanged = false;
        handOver(now);
        return due;
    }

    private Instant time() {
        var now = group.clock().instant();
        var jump = clockWatch.jump(now);
        if (!jump.isZero()) {
            LOG.log(System.Logger.Level.WARNING, "the clock was set by {0}; what waits goes on to wait as long as before", jump);
            house.moveClock(jump);
        }
        return now;
    }

    // What the API says, on the house's thread.

    House house() {
        return house;
    }

    void device(ObjectKey key, DeviceSpec device, Instant now) {
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

    void interlock(ObjectKey key, InterlockSpec interlock, Instant now) {
        if (interlock == null) {
            house.removeInterlock(key, now);
            publisher.forget(key, Kinds.INTERLOCKS);
        } else {
            publisher.known(new StatusPublisher.Target(Kinds.INTERLOCKS, key, interlock.uid()), interlock.restored());
            house.put(interlock, now);
        }
    }

    // What the API is told.

    private void handOver(Instant now) {
        for (var thing : house.world.things.values()) if (thing.dirty) handOver(thing, now);
        for (var interlock : house.guard.interlocks.values()) if (interlock.dirty) handOver(interlock, now);
    }

    private void handOver(Thing thing, Instant now) {
        thing.dirty = false;
        var status = StatusForm.of(thing, now);
        var attempts = Map.copyOf(thing.attempts);
        var firmware = thing.firmware;
        boolean awaited = !attempts.isEmpty() || !firmware.equals(thing.firmwareCommitted);
        Runnable committed = () -> {
            if (awaited) inbox.say(then -> house.committed(thing.key, attempts, firmware, then));
        };
        publisher.offer(new StatusPublisher.Target(Kinds.DEVICES, thing.key, thing.spec.uid()),
                new StatusPublisher.Draft(status, house.readers.expendable(thing), thing.receipts.take(), committed));
    }

    private void handOver(Interlock interlock, Instant now) {
        interlock.dirty = false;
        publisher.offer(new StatusPublisher.Target(Kinds.INTERLOCKS, interlock.key(), interlock.spec.uid()),
                new StatusPublisher.Draft(StatusForm.of(interlock, house.world, now), Expendable.NOTHING, List.of(), () -> { }));
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
        return reviews.answer(review);
    }

    /// Carries out commands that need a code.
    /// @param user who sent a request, by name
    public CommandApi commands(Function<Request, String> user) {
        return new CommandApi(inbox, house.permits, group.client(), user);
    }

    /// Closes the drivers. The threads end with the group.
    @Override
    public void close() {
        drivers.close();
        channels.close();
        telemetry.close();
    }

    /// Does what the house decides.
    private final class Out implements Outbox {
        @Override
        public String send(String protocol, Command command) {
            return drivers.send(protocol, command);
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
}
