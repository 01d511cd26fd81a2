package home.oikos.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Executors;

/// A proxy through which apt on a [Machine] reaches the Debian sources of this host. Packages, which never change, are kept in the
/// module's target folder, so that every home builds the same images from the network once.
final class PackageMirror implements AutoCloseable {
    private final HttpServer server;
    private final HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    private final Path kept = Path.of("target/packages").toAbsolutePath();

    private PackageMirror(HttpServer server) throws IOException {
        this.server = server;
        Files.createDirectories(kept);
    }

    static PackageMirror start(String address) throws IOException {
        var mirror = new PackageMirror(HttpServer.create(new InetSocketAddress(address, 0), 0));
        mirror.server.createContext("/", mirror::answer);
        mirror.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        mirror.server.start();
        return mirror;
    }

    String url() {
        return "http://%s:%d".formatted(server.getAddress().getHostString(), server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var source = exchange.getRequestURI();
            if (!source.getPath().endsWith(".deb")) {
                pass(exchange, source);
                return;
            }
            var file = kept.resolve(source.toString().replaceAll("[^A-Za-z0-9.+~-]", "_"));
            if (!Files.exists(file)) fetch(source, file);
            exchange.sendResponseHeaders(200, Files.size(file));
            Files.copy(file, exchange.getResponseBody());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(HttpExchange exchange, URI source) throws IOException, InterruptedException {
        var answer = client.send(HttpRequest.newBuilder(source).build(), HttpResponse.BodyHandlers.ofByteArray());
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }

    private void fetch(URI source, Path file) throws IOException, InterruptedException {
        var part = Files.createTempFile(kept, "part", "");
        var answer = client.send(HttpRequest.newBuilder(source).build(), HttpResponse.BodyHandlers.ofFile(part));
        if (answer.statusCode() != 200) throw new IOException(source + " answered " + answer.statusCode());
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
