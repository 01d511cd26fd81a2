package home.oikos.simulation;

import home.oikos.api.Json;
import home.oikos.api.JsonException;
import home.oikos.api.JsonObject;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import io.vertx.mqtt.messages.MqttPublishMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/// Runs a [House] in real time (or a multiple of it) on an MQTT broker. Everything happens on one event loop; other threads go through
/// [#hand], [#fault] and [#mend]. It connects again for as long as it is open.
public final class MqttHouse implements AutoCloseable {
    /// While something moves within seconds, and while the house runs faster than we do.
    private static final Duration LIVELY_TICK = Duration.ofMillis(250);
    private static final Duration STILL_TICK = Duration.ofSeconds(1);
    /// What creeps is remembered this often; what was set, at once.
    private static final Duration SAVE_PERIOD = Duration.ofSeconds(30);
    private static final Duration RECONNECT = Duration.ofSeconds(1);
    private static final Duration FIRST_VISIT = Duration.ofSeconds(1);
    /// At this speed a batch ferments in three minutes; each tick computes 15 minutes of house time in steps of a second.
    static final double SPEED_MAX = 3_600;

    /// @param caFile the authority that signed the broker's certificate, or null for a plain connection
    /// @param stateFile where the physical state outlives this process, or null
    /// @param firmware where things get theirs, or null
    /// @param dicePort where the dice speaks, on this machine alone
    public record Options(String host, int port, String user, String password, Path caFile, Path stateFile, FirmwareServer firmware, int dicePort,
            double speed) { }

    private final House house;
    private final Options options;
    private final List<Voice> voices = Voices.demo();
    private final Map<String, Voice> byCommandTopic = new HashMap<>();
    private final Speech speech = new Speech();
    private final DiceLine diceLine;
    private final StateFile memory;
    private final Vertx vertx;
    private final Context loop;
    private MqttClient client;
    private Duration unsaved = Duration.ZERO;
    private volatile boolean closed;
    /// House seconds in a second of ours.
    private double speed;

    public MqttHouse(House house, Options options) {
        this.house = house;
        this.options = options;
        speed = options.speed();
        memory = new StateFile(Optional.ofNullable(options.stateFile()));
        vertx = Vertx.vertx();
        loop = vertx.getOrCreateContext();
        diceLine = new DiceLine((Dice) house.thing("dice"), vertx, options.dicePort());
        for (var voice : voices) byCommandTopic.put(voice.commandTopic(), voice);
    }

    public void start() throws IOException {
        memory.restore(house);
        loop.runOnContext(_ -> {
            tickLater();
            connect();
            diceLine.listen();
            if (options.firmware() != null) updates(options.firmware());
        });
    }

    private void updates(FirmwareServer server) {
        var http = UpdateClient.http(vertx, options.caFile());
        for (var thing : house.things()) {
            var token = server.tokens().get(thing.name());
            if (thing.board().isEmpty() || token == null) continue;
            var place = "%s/home/controller/v1/%s".formatted(server.url(), thing.name());
            visitLater(new UpdateClient(thing, thing.board().get(), place, token, http, this::onLoop), FIRST_VISIT);
        }
    }

    private void visitLater(UpdateClient client, Duration wait) {
        vertx.setTimer(wait.toMillis(), _ -> Thread.ofVirtual().name("update-client").start(() -> {
            if (closed) return;
            var next = client.visit();
            if (!closed) visitLater(client, next);
        }));
    }

    /// Sets a property as a hand on the thing would.
    /// @throws IllegalArgumentException when there is no such thing or property, or the value makes no sense
    public void hand(String thing, String property, Json value) {
        onLoop(() -> {
            house.thing(thing).hand(property, value);
            return null;
        });
    }

    public void fault(String thing, Fault fault) {
        onLoop(() -> {
            house.thing(thing).fault(fault);
            return null;
        });
    }

    /// Takes all faults from a thing.
    public void mend(String thing) {
        onLoop(() -> {
            house.thing(thing).mend();
            return null;
        });
    }

    /// Lets time in the house run faster or slower than ours.
    /// @throws IllegalArgumentException when the factor is not between 0 and [#SPEED_MAX]
    public void speed(double factor) {
        if (!(factor >= 0 && factor <= SPEED_MAX)) {
            throw new IllegalArgumentException("speed: expected a factor from 0 to %.0f, found %s".formatted(SPEED_MAX, factor));
        }
        onLoop(() -> {
            speed = factor;
            return null;
        });
    }

    /// The true state of every thing, with its faults.
    public JsonObject truth() {
        return onLoop(() -> {
            var all = new LinkedHashMap<String, Json>();
            for (var thing : house.things()) {
                var state = JsonObject.copyOf(thing.state()).with("faults", thing.faults().stream().map(Fault::word).toList());
                all.put(thing.name(), thing.board().map(board -> state.with("firmware", board.version())).orElse(state));
            }
            return JsonObject.copyOf(all);
        });
    }

    private <T> T onLoop(Supplier<T> work) {
        var done = new CompletableFuture<T>();
        loop.runOnContext(_ -> {
            try {
                done.complete(work.get());
                say();
                save();
            } catch (RuntimeException failed) {
                done.completeExceptionally(failed);
            }
        });
        try {
            return done.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private void tickLater() {
        var pace = house.isLively() || speed > 1 ? LIVELY_TICK : STILL_TICK;
        vertx.setTimer(pace.toMillis(), _ -> {
            if (closed) return;
            tick(pace);
            tickLater();
        });
    }

    private void tick(Duration passed) {
        house.advance(Duration.ofNanos((long) (passed.toNanos() * speed)));
        speech.pass(passed);
        diceLine.pass(passed);
        say();
        unsaved = unsaved.plus(passed);
        if (unsaved.compareTo(SAVE_PERIOD) >= 0) save();
    }

    private void save() {
        unsaved = Duration.ZERO;
        memory.save(house);
    }

    private void connect() {
        if (closed) return;
        var mqtt = new MqttClientOptions().setClientId("simulated-house").setUsername(options.user()).setPassword(options.password())
                .setCleanSession(true).setAutoKeepAlive(true).setKeepAliveInterval(30).setMaxInflightQueue(1_000).setMaxMessageSize(1 << 16)
                .setWillFlag(true).setWillTopic(ZigbeeVoice.BASE + "/bridge/state").setWillMessageBytes(Buffer.buffer("{\"state\":\"offline\"}"))
                .setWillRetain(true).setWillQoS(1);
        if (options.caFile() != null) {
            mqtt.setSsl(true).setTrustOptions(new PemTrustOptions().addCertPath(options.caFile().toString()));
            mqtt.setHostnameVerificationAlgorithm("HTTPS");
        }
        var attempt = MqttClient.create(vertx, mqtt);
        attempt.publishHandler(this::hear);
        attempt.closeHandler(_ -> again(attempt));
        attempt.connect(options.port(), options.host()).onComplete(connected -> {
            if (connected.failed()) again(attempt);
            else greet(attempt);
        });
    }

    /// A failed attempt and a lost connection both end here, once.
    private void again(MqttClient lost) {
        if (client == lost) client = null;
        if (!closed && client == null) vertx.setTimer(RECONNECT.toMillis(), _ -> {
            if (client == null) connect();
        });
    }

    private void greet(MqttClient connected) {
        client = connected;
        speech.forget();
        var topics = new HashMap<String, Integer>();
        byCommandTopic.keySet().forEach(topic -> topics.put(topic, 1));
        client.subscribe(topics);
        Voices.bridge(voices).forEach(this::publish);
        for (var voice : voices) voice.introduce().forEach(this::publish);
        say();
    }

    private void hear(MqttPublishMessage message) {
        var voice = byCommandTopic.get(message.topicName());
        if (voice == null) return;
        try {
            var thing = house.thing(voice.thing());
            voice.understand(message.payload().getBytes()).forEach(thing::command);
        } catch (IllegalArgumentException | JsonException nonsense) {
            // A real device ignores what it does not understand.
        }
        speech.answer(voice.thing());
        say();
        save();
    }

    /// Lets every thing speak that has something to say.
    private void say() {
        if (client == null || !client.isConnected()) return;
        for (var voice : voices) {
            var thing = house.thing(voice.thing());
            var due = speech.take(thing);
            if (due.availability()) publish(voice.available(thing.reachable()));
            if (due.state()) publish(voice.say(thing.says()));
        }
    }

    private void publish(Message message) {
        if (client == null || !client.isConnected()) return;
        client.publish(message.topic(), Buffer.buffer(message.payload()), MqttQoS.valueOf(message.qos()), false, message.retained());
    }

    @Override
    public void close() {
        onLoop(() -> {
            closed = true;
            return null;
        });
        vertx.close().await();
    }
}
