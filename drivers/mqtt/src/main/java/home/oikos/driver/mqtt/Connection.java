package home.oikos.driver.mqtt;

import home.oikos.driver.Delivery;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import io.vertx.mqtt.messages.MqttPublishMessage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Holds the connection to the broker, for as long as it is open, and the persistent session. Everything runs on the driver's event loop.
final class Connection {
    private static final long RETRY_FIRST_MILLIS = 250;
    /// A broker that is restarted is back within seconds; one that is away for the night costs two packets a minute.
    private static final long RETRY_MAX_MILLIS = 30_000;
    /// More than the largest message we would read (8 MiB): a larger one cannot be passed over, it ends the connection.
    private static final int MESSAGE_BYTES_MAX = 16 << 20;
    /// Commands that wait for the broker's receipt; beyond it a command is lost here and sent again by the gateway.
    private static final int INFLIGHT_MAX = 1_000;
    private static final int KEEP_ALIVE_SECONDS = 30;

    private final Vertx vertx;
    private final Context loop;
    private final MqttSettings settings;
    private final Desk desk;
    private final List<Ear> ears;
    /// What the desk and each ear was given to hear.
    private final Map<Object, Set<String>> subscribed = new IdentityHashMap<>();
    private MqttClient client;
    private volatile boolean connected;
    private boolean closed;
    private int failures;

    /// @param ears may become more
    Connection(Vertx vertx, MqttSettings settings, Desk desk, List<Ear> ears) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.settings = settings;
        this.desk = desk;
        this.ears = ears;
    }

    boolean isConnected() {
        return connected;
    }

    void open() {
        if (closed) return;
        var attempt = MqttClient.create(vertx, options());
        client = attempt;
        attempt.publishHandler(message -> hear(attempt, message));
        attempt.closeHandler(_ -> lost(attempt, "the broker at " + settings + " closed the connection"));
        attempt.exceptionHandler(failure -> { });
        attempt.connect(settings.port(), settings.host()).onComplete(answer -> {
            if (answer.failed()) lost(attempt, "cannot reach the broker at " + settings + ": " + answer.cause().getMessage());
            else connected(attempt);
        });
    }

    private MqttClientOptions options() {
        var options = new MqttClientOptions().setClientId(settings.clientId()).setCleanSession(false).setAutoKeepAlive(true)
                .setKeepAliveInterval(KEEP_ALIVE_SECONDS).setMaxInflightQueue(INFLIGHT_MAX).setMaxMessageSize(MESSAGE_BYTES_MAX);
        options.setAutoAck(false);
        if (!settings.user().isEmpty()) options.setUsername(settings.user()).setPassword(settings.password());
        settings.ca().ifPresent(authority -> options.setSsl(true).setHostnameVerificationAlgorithm("HTTPS")
                .setTrustOptions(new PemTrustOptions().addCertPath(authority.toString())));
        return options;
    }

    private void connected(MqttClient opened) {
        if (closed) {
            opened.disconnect();
            return;
        }
        failures = 0;
        connected = true;
        subscribed.clear();
        desk.linked(true, "");
        subscribe();
        ears.forEach(Ear::linked);
    }

    /// A failed attempt and a lost connection both end here, once.
    private void lost(MqttClient gone, String why) {
        if (client != gone) return;
        client = null;
        connected = false;
        if (closed) return;
        desk.linked(false, why);
        vertx.setTimer(Math.min(RETRY_FIRST_MILLIS << Math.min(failures++, 10), RETRY_MAX_MILLIS), _ -> open());
    }

    /// Listens to what the desk and the ears want to hear. Asking again for a topic brings its retained message again, so each asks only for what is new to
    /// it.
    void subscribe() {
        if (!connected) return;
        var wanted = new IdentityHashMap<Object, Set<String>>();
        wanted.put(desk, desk.topics());
        ears.forEach(ear -> wanted.put(ear, ear.topics()));
        var gone = all(subscribed);
        gone.removeAll(all(wanted));
        var added = new HashMap<String, Integer>();
        wanted.forEach((who, topics) -> topics.stream().filter(topic -> !subscribed.getOrDefault(who, Set.of()).contains(topic))
                .forEach(topic -> added.put(topic, 1)));
        subscribed.clear();
        subscribed.putAll(wanted);
        if (!gone.isEmpty()) client.unsubscribe(List.copyOf(gone));
        if (!added.isEmpty()) client.subscribe(added);
    }

    private static Set<String> all(Map<Object, Set<String>> topics) {
        var all = new HashSet<String>();
        topics.values().forEach(all::addAll);
        return all;
    }

    /// The receipt is given on this connection or never: on a later one its number means another message, and the broker sends this one again.
    private void hear(MqttClient from, MqttPublishMessage message) {
        var delivery = message.qosLevel() == MqttQoS.AT_MOST_ONCE ? Delivery.NONE : (Delivery) () -> loop.runOnContext(_ -> {
            if (client == from && connected) message.ack();
        });
        var payload = message.payload().getBytes();
        desk.hear(message.topicName(), payload, message.isRetain(), delivery);
        ears.forEach(ear -> ear.hear(message.topicName(), payload, message.isRetain()));
    }

    void publish(Outgoing message) {
        if (connected) client.publish(message.topic(), Buffer.buffer(message.payload()), MqttQoS.valueOf(message.qos()), false, message.retain());
    }

    Future<Void> close() {
        closed = true;
        var open = client;
        boolean was = connected;
        connected = false;
        return was ? open.disconnect() : Future.succeededFuture();
    }
}
