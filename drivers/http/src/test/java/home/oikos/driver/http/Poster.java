package home.oikos.driver.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// A sensor's half of HTTP, by the JDK's client, and a free port for the driver's half.
final class Poster {
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    final int port;
    /// What the driver said it listens for.
    final BlockingQueue<HttpSettings.Use> opened = new LinkedBlockingQueue<>();
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Poster() throws IOException {
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
    }

    HttpSettings settings() {
        return new HttpSettings(() -> new InetSocketAddress("127.0.0.1", port), (place, use) -> opened.add(use));
    }

    HttpResponse<String> post(String body) throws Exception {
        return send(request("/ispindel").POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    /// Waits until nobody listens any more.
    void awaitShut() {
        for (long end = System.nanoTime() + PATIENCE_NANOS; System.nanoTime() < end; Thread.onSpinWait()) {
            try (var _ = new Socket("127.0.0.1", port)) {
                continue;
            } catch (IOException shut) {
                return;
            }
        }
        throw new AssertionError("port " + port + " is open still");
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).header("Content-Type", "application/json");
    }

    /// The driver may still be on its way to listen.
    HttpResponse<String> send(HttpRequest request) throws Exception {
        for (long end = System.nanoTime() + PATIENCE_NANOS;; Thread.onSpinWait()) {
            try {
                return client.send(request, HttpResponse.BodyHandlers.ofString());
            } catch (ConnectException notYet) {
                if (System.nanoTime() > end) throw notYet;
            }
        }
    }
}
