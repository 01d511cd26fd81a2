package home.oikos.driver.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// A device with a small web server, which fetches firmware when it is told to, begins anew with it, and runs the version that the image names: its first
/// line. What a test asks of it, it does wrong.
public abstract class SimulatedAppliance implements AutoCloseable {
    /// How it may misbehave.
    public enum Fault {
        NONE,
        /// It comes back with what ran before.
        REVERTS,
        /// It says no to an update.
        DECLINES,
        /// Its answers are no JSON.
        BABBLES,
        /// Its answers never end.
        ENDLESS,
        /// It fetches nothing.
        IDLES
    }

    /// It has run for a good while when a test begins.
    private static final long FIRST_UPTIME_SECONDS = 5_000;
    private static final byte[] PIECE = " ".repeat(8_192).getBytes(StandardCharsets.US_ASCII);

    /// What it was told to fetch from.
    public final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpServer server;
    volatile Fault fault = Fault.NONE;
    volatile String password = "";
    private final AtomicInteger answered = new AtomicInteger();
    private volatile String version;
    private volatile long uptimeSeconds = FIRST_UPTIME_SECONDS;

    SimulatedAppliance(String host, String version) throws IOException {
        this.version = version;
        server = HttpServer.create(new InetSocketAddress(host, 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(run -> Thread.ofVirtual().start(run));
        server.start();
    }

    public String address() {
        return server.getAddress().getHostString() + ":" + server.getAddress().getPort();
    }

    public String version() {
        return version;
    }

    /// How many requests it has answered.
    int answered() {
        return answered.get();
    }

    long uptimeSeconds() {
        return uptimeSeconds;
    }

    private void answer(HttpExchange exchange) throws IOException {
        answered.incrementAndGet();
        try (exchange) {
            switch (fault) {
                case BABBLES -> say(exchange, 200, "<html>");
                case ENDLESS -> {
                    exchange.sendResponseHeaders(200, 0);
                    while (true) exchange.getResponseBody().write(PIECE);
                }
                case NONE, REVERTS, DECLINES, IDLES -> hear(exchange);
            }
        }
    }

    abstract void hear(HttpExchange exchange) throws IOException;

    static void say(HttpExchange exchange, int status, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    final void update(String url) {
        told.add(url);
        if (fault == Fault.IDLES) return;
        Thread.ofVirtual().start(() -> {
            try {
                var image = client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
                if (image.statusCode() == 200) beginAnew(image.body().lines().findFirst().orElse(""));
            } catch (IOException | InterruptedException broken) {
                // It stays as it is.
            }
        });
    }

    private void beginAnew(String next) {
        if (fault != Fault.REVERTS) version = next;
        uptimeSeconds = 0;
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }
}
