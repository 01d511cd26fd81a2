package home.oikos.driver.mqtt;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.driver.Command;
import home.oikos.driver.DeviceListener;
import home.oikos.driver.Driver;
import home.oikos.driver.FirmwareChannel;
import home.oikos.driver.ImageServer;
import home.oikos.driver.MessageLine;
import home.oikos.driver.Refusals;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/// The MQTT driver. All its state belongs to one event loop; the methods may be called from any thread and hand over to it.
public final class MqttDriver implements Driver, MessageLine {
    /// A connection that cannot be closed in order within this is dropped.
    private static final int CLOSE_SECONDS = 5;
    /// The library looks every second whether one of its threads hangs. Ours never block, and an idle home sleeps.
    private static final long LOOKS_FOR_BLOCKED_MILLIS = 3_600_000;
    /// Before a Zigbee bridge that is busy, or could not reach a device, is asked again about its firmware.
    private static final Duration ZIGBEE_PAUSE = Duration.ofSeconds(15);

    private final MqttSettings settings;
    private final Clock clock;
    private final Vertx vertx;
    private final Context loop;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Connection connection;
    private Desk desk;
    private final List<Ear> ears = new ArrayList<>();

    public MqttDriver(MqttSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1)
                .setBlockedThreadCheckInterval(LOOKS_FOR_BLOCKED_MILLIS));
        this.loop = vertx.getOrCreateContext();
    }

    @Override
    public String protocol() {
        return "mqtt";
    }

    @Override
    public void start(DeviceListener listener) {
        loop.runOnContext(_ -> {
            desk = new Desk(settings, listener, new Refusals(listener, clock));
            connection = new Connection(vertx, settings, desk, ears);
            connection.open();
        });
    }

    @Override
    public void serve(Map<ObjectKey, JsonObject> connections) {
        var copy = Map.copyOf(connections);
        if (!closed.get()) loop.runOnContext(_ -> {
            desk.serve(copy);
            connection.subscribe();
        });
    }

    @Override
    public String ask(Question question, Duration patience) throws IOException, InterruptedException {
        var open = connection;
        if (closed.get() || open == null || !open.isConnected()) throw new IOException("no connection to the broker at " + settings);
        var ear = new OneAnswer(question);
        loop.runOnContext(_ -> {
            ears.add(ear);
            open.subscribe();
            open.publish(new Outgoing(question.topic(), question.payload(), 1, false));
        });
        try {
            return ear.answer().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException silent) {
            throw new IOException("no answer at %s within %d ms".formatted(question.answers(), patience.toMillis()), silent);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            if (!closed.get()) loop.runOnContext(_ -> {
                ears.remove(ear);
                open.subscribe();
            });
        }
    }

    /// A channel for the firmware of devices behind a Zigbee2MQTT bridge, over this driver's connection. The driver is started and closed first.
    /// @param images where the bridge fetches from
    public FirmwareChannel zigbeeFirmware(ImageServer images) {
        return zigbeeFirmware(images, ZIGBEE_PAUSE);
    }

    FirmwareChannel zigbeeFirmware(ImageServer images, Duration pause) {
        var channel = new Zigbee2MqttChannel(new LoopLine(), settings.zigbeeBase(), images, clock, pause);
        loop.runOnContext(_ -> ears.add(channel));
        return channel;
    }

    private final class LoopLine implements Line {
        @Override
        public void run(Runnable work) {
            if (!closed.get()) loop.runOnContext(_ -> work.run());
        }

        @Override
        public void later(Duration wait, Runnable work) {
            vertx.setTimer(wait.toMillis(), _ -> work.run());
        }

        @Override
        public void publish(String topic, String payload) {
            connection.publish(new Outgoing(topic, payload, 1, false));
        }

        @Override
        public void listen() {
            connection.subscribe();
        }
    }

    /// Returns once the message is on its way; a broker that does not take it shows as a property that stays out of sync.
    @Override
    public void send(Command command) throws IOException {
        var open = connection;
        if (closed.get() || open == null || !open.isConnected()) throw new IOException("no connection to the broker at " + settings);
        loop.runOnContext(_ -> desk.message(command).ifPresent(open::publish));
    }

    @Override
    public void refresh(ObjectKey device) {
        if (!closed.get()) loop.runOnContext(_ -> desk.question(device).ifPresent(connection::publish));
    }

    /// Once; whoever still calls a driver that is closed is too late and meets no loop.
    @Override
    public void close() {
        if (closed.getAndSet(true)) return;
        var done = new CompletableFuture<Void>();
        loop.runOnContext(_ -> {
            if (connection == null) done.complete(null);
            else connection.close().onComplete(_ -> done.complete(null));
        });
        try {
            done.get(CLOSE_SECONDS, TimeUnit.SECONDS);
            vertx.close().toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException dropped) {
            // The broker keeps the session; nothing is lost by a connection that was cut.
        }
    }
}
