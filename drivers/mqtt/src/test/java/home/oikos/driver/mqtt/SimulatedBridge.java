package home.oikos.driver.mqtt;

import home.oikos.api.Json;
import home.oikos.api.JsonException;
import home.oikos.api.JsonObject;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import io.vertx.mqtt.messages.MqttPublishMessage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/// A Zigbee2MQTT bridge as far as firmware goes, by the topics, words and order of Zigbee2MQTT 2.14: it fetches the image where it is told, brings it to
/// its devices in steps, and answers when that is over. An image names its version in its first line. A device does wrong what a test asks of it.
public final class SimulatedBridge implements AutoCloseable {
    /// How an update may go wrong.
    public enum Fault {
        NONE, REVERTS, FAILS, VANISHES,
        /// The update that is broken off is answered before the request to do so.
        ANSWERS_ABORT_LAST
    }

    public static final String BASE = "zigbee2mqtt";
    private static final String REQUESTS = BASE + "/bridge/request/device/ota_update/";
    private static final String RESPONSES = BASE + "/bridge/response/device/ota_update/";

    /// What it was asked, as lines such as `update plug`.
    public final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final MqttClient client;
    private final Map<String, Gadget> gadgets = new ConcurrentHashMap<>();
    private final Set<String> inProgress = new HashSet<>();
    private volatile int life;

    /// A device on the air.
    public final class Gadget {
        private final String name;
        private volatile long runs;
        /// What the bridge believes.
        private volatile long installed;
        private volatile String scheduled = "";
        public volatile Fault fault = Fault.NONE;
        /// The second half of an update waits for one of these.
        public final Semaphore goesOn = new Semaphore(1_000);
        private final Semaphore answered = new Semaphore(0);
        private volatile boolean aborted;

        Gadget(String name, long version) {
            this.name = name;
            this.runs = version;
            this.installed = version;
        }

        public long runs() {
            return runs;
        }

        void say(String state, Integer percent) {
            publish(BASE + "/" + name, JsonObject.of("state", "ON", "linkquality", 120, "update", JsonObject.of("state", state, "installed_version", installed,
                    "latest_version", installed, "progress", percent, "remaining", percent == null ? null : 100 - percent)), false);
        }

        /// Where its scheduled update is fetched from; empty without one.
        public String scheduled() {
            return scheduled;
        }

        /// A sleeper asks whether there is something for it.
        public void wakes() {
            if (scheduled.isEmpty()) return;
            Thread.ofVirtual().start(() -> {
                begin(name);
                try {
                    update(this, scheduled);
                    scheduled = "";
                } catch (IOException broken) {
                    say("scheduled", null);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                } finally {
                    end(name);
                }
            });
        }
    }

    public SimulatedBridge(MqttClientOptions options, String host, int port, String version) {
        client = MqttClient.create(vertx, options.setMaxMessageSize(1 << 20));
        client.publishHandler(this::hear);
        client.connect(port, host).await();
        client.subscribe(REQUESTS + "#", 1).await();
        publish(BASE + "/bridge/info", JsonObject.of("version", version, "coordinator", JsonObject.of("type", "EmberZNet")), true);
        comesBack();
    }

    public void comesBack() {
        publish(BASE + "/bridge/state", JsonObject.of("state", "online"), true);
    }

    public Gadget device(String name, long version) {
        var gadget = new Gadget(name, version);
        gadgets.put(name, gadget);
        gadget.say("idle", null);
        return gadget;
    }

    /// Forgets what it was at, as one that begins anew.
    public synchronized void forgets() {
        inProgress.clear();
        life++;
        gadgets.values().forEach(gadget -> gadget.goesOn.release(1_000));
    }

    void publish(String topic, Json payload, boolean retained) {
        client.publish(topic, Buffer.buffer(payload.toString()), MqttQoS.AT_LEAST_ONCE, false, retained).await();
    }

    private void hear(MqttPublishMessage message) {
        var request = message.topicName().substring(REQUESTS.length());
        var payload = message.payload().toString();
        Thread.ofVirtual().start(() -> {
            try {
                hear(request, Json.parse(payload));
            } catch (JsonException broken) {
                asked.add("nonsense " + payload);
            }
        });
    }

    private void hear(String request, Json payload) {
        var name = payload.at("id").text("");
        asked.add(request + " " + name);
        var gadget = gadgets.get(name);
        var end = request.replace("/downgrade", "");
        if (gadget == null) answer(end, payload, "Device '" + name + "' does not exist");
        else if (request.equals("update/abort")) abort(gadget, payload);
        else if (!begin(name)) answer(end, payload, "OTA update or check for update already in progress for '" + name + "'");
        else work(gadget, end, payload);
    }

    private void abort(Gadget gadget, Json payload) {
        if (isFree(gadget.name)) {
            answer("update", payload, "No OTA in progress to abort for device '" + gadget.name + "'");
            return;
        }
        gadget.aborted = true;
        gadget.goesOn.release(1_000);
        if (gadget.fault == Fault.ANSWERS_ABORT_LAST) gadget.answered.acquireUninterruptibly();
        gadget.say("available", null);
        answer("update/abort", payload, "");
    }

    private void work(Gadget gadget, String request, Json payload) {
        var error = "";
        try {
            switch (request) {
                case "check" -> check(gadget, payload.at("url").text(""));
                case "update" -> update(gadget, payload.at("url").text(""));
                case "schedule" -> {
                    gadget.scheduled = payload.at("url").text("");
                    gadget.say("scheduled", null);
                }
                case "unschedule" -> {
                    gadget.scheduled = "";
                    gadget.say("idle", null);
                }
                default -> error = "unknown request";
            }
        } catch (IOException broken) {
            error = "OTA update of '%s' failed (%s)".formatted(gadget.name, broken.getMessage());
            if (request.equals("update")) gadget.say("available", null);
        } catch (InterruptedException forgotten) {
            return;
        }
        end(gadget.name);
        answer(request, payload, error);
        gadget.answered.release();
    }

    /// Asks the device, then looks into the index.
    private void check(Gadget gadget, String index) throws IOException, InterruptedException {
        if (gadget.fault == Fault.VANISHES) throw new IOException("timed out after 60000ms");
        var found = fetch(index);
        if (!found.equals("[]")) throw new IOException("expected an index, found " + found);
        gadget.installed = gadget.runs;
        gadget.say("idle", null);
    }

    private void update(Gadget gadget, String url) throws IOException, InterruptedException {
        gadget.aborted = false;
        long next = Long.parseLong(fetch(url).lines().findFirst().orElse(""));
        gadget.say("updating", 0);
        gadget.say("updating", 50);
        int mine = life;
        gadget.goesOn.acquire();
        if (mine != life) throw new InterruptedException("forgotten");
        if (gadget.aborted) throw new IOException("aborted");
        if (gadget.fault == Fault.FAILS) throw new IOException("Timeout. Device did not start/finish firmware download after being notified.");
        gadget.say("updating", 100);
        if (gadget.fault != Fault.REVERTS) gadget.runs = next;
        // The bridge takes this from the image, not from the device.
        gadget.installed = next;
        gadget.say("idle", null);
    }

    private String fetch(String url) throws IOException, InterruptedException {
        var answer = http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) throw new IOException("Invalid response from " + url + " status=" + answer.statusCode());
        return answer.body();
    }

    private void answer(String topic, Json request, String error) {
        var answer = JsonObject.of("data", JsonObject.of("id", request.at("id")), "status", error.isEmpty() ? "ok" : "error",
                "error", error.isEmpty() ? null : error, "transaction", request.at("transaction"));
        publish(RESPONSES + topic, answer, false);
    }

    private synchronized boolean begin(String name) {
        return inProgress.add(name);
    }

    private synchronized boolean isFree(String name) {
        return !inProgress.contains(name);
    }

    private synchronized void end(String name) {
        inProgress.remove(name);
    }

    @Override
    public void close() {
        client.disconnect().await();
        vertx.close().await();
        http.close();
    }
}
