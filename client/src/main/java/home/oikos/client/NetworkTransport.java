package home.oikos.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;

/// Reaches an API server over the network, by HTTP/2 where it speaks that. Any thread may use it.
public final class NetworkTransport implements Transport {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    /// No request of ours takes long on a living server; a watch or log is bounded by its first answer only.
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    /// A gigabyte over a poor radio link; a server that takes nothing more hangs up long before.
    private static final Duration UPLOAD_TIMEOUT = Duration.ofHours(2);

    private final Config config;
    private final HttpClient http;

    public NetworkTransport(Config config) throws IOException {
        this.config = config;
        var builder = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).executor(Executors.newVirtualThreadPerTaskExecutor());
        if (config.server().getScheme().equals("https")) builder.sslContext(TlsContext.of(config.tls(), config.credentials()));
        this.http = builder.build();
    }

    @Override
    public Answer exchange(Call call) throws IOException {
        var answer = send(call, BodyHandlers.ofByteArray());
        return new Answer(answer.statusCode(), answer.headers().map(), answer.body());
    }

    @Override
    public StreamedAnswer stream(Call call) throws IOException {
        var answer = send(call, BodyHandlers.ofInputStream());
        return new StreamedAnswer(answer.statusCode(), answer.body());
    }

    @Override
    public Answer upload(Call call, InputStream body, long lengthBytes) throws IOException {
        var publisher = BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> body), lengthBytes);
        var answer = send(request(call).expectContinue(true).timeout(UPLOAD_TIMEOUT).method(call.method(), publisher), call, BodyHandlers.ofByteArray());
        return new Answer(answer.statusCode(), answer.headers().map(), answer.body());
    }

    private <B> HttpResponse<B> send(Call call, HttpResponse.BodyHandler<B> handler) throws IOException {
        var body = call.body().length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(call.body());
        return send(request(call).timeout(ANSWER_TIMEOUT).method(call.method(), body), call, handler);
    }

    private HttpRequest.Builder request(Call call) throws IOException {
        var request = HttpRequest.newBuilder(config.server().resolve(base() + call.target()));
        headers(call, request::header);
        return request;
    }

    private <B> HttpResponse<B> send(HttpRequest.Builder request, Call call, HttpResponse.BodyHandler<B> handler) throws IOException {
        try {
            return http.send(request.build(), handler);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + call);
        }
    }

    @Override
    public ClientSocket webSocket(Call call, List<String> protocols) throws IOException {
        var scheme = config.server().getScheme().equals("https") ? "wss" : "ws";
        var target = URI.create(scheme + "://" + config.server().getRawAuthority() + base() + call.target());
        var inbox = new SocketInbox();
        var builder = http.newWebSocketBuilder().connectTimeout(ANSWER_TIMEOUT)
                .subprotocols(protocols.getFirst(), protocols.subList(1, protocols.size()).toArray(String[]::new));
        headers(call, builder::header);
        try {
            return new NetworkSocket(builder.buildAsync(target, inbox).get(), inbox);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while opening " + call);
        } catch (ExecutionException failed) {
            throw refusal(failed.getCause());
        }
    }

    private static IOException refusal(Throwable cause) {
        if (!(cause instanceof WebSocketHandshakeException refused)) return new IOException(cause.getMessage(), cause);
        var body = refused.getResponse().body() instanceof String text ? text : "";
        var status = Failure.of(refused.getResponse().statusCode(), body.getBytes(StandardCharsets.UTF_8));
        return new IOException(status.getMessage(), status);
    }

    private void headers(Call call, BiConsumer<String, String> add) throws IOException {
        for (var header : call.headers().entrySet()) {
            for (var value : header.getValue().split(Call.SEVERAL)) add.accept(header.getKey(), value);
        }
        switch (config.credentials()) {
            case Config.Credentials.Token(var token) -> add.accept("Authorization", "Bearer " + token);
            case Config.Credentials.TokenFile(var file) -> add.accept("Authorization", "Bearer " + Files.readString(file).strip());
            case Config.Credentials.None _, Config.Credentials.Certificate _ -> { }
        }
    }

    /// The server may live below a path, as behind a proxy.
    private String base() {
        var path = config.server().getRawPath();
        return path == null || path.equals("/") ? "" : path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
