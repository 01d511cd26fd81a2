package home.oikos.driver.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks devices over plain HTTP, and waits. Any thread but its own event loop may call it.
final class Asker implements AutoCloseable {
    /// The status of a device with four channels has some 6 KB, all of a Tasmota 4 KB.
    static final int ANSWER_BYTES_MAX = 64 << 10;
    /// Requests at once: more devices than a home updates in one breath. Others wait for a connection.
    private static final int CONNECTIONS_MAX = 32;
    /// The library looks every second whether one of its threads hangs. Ours never block, and an idle home sleeps.
    private static final long LOOKS_FOR_BLOCKED_MILLIS = 3_600_000;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1)
            .setBlockedThreadCheckInterval(LOOKS_FOR_BLOCKED_MILLIS));
    private final HttpClient client;
    private final Duration patience;

    /// @param patience from the first step to the last byte of the answer
    Asker(Duration patience) {
        this.patience = patience;
        this.client = vertx.httpClientBuilder().with(new HttpClientOptions().setKeepAlive(false).setConnectTimeout((int) patience.toMillis())
                .setDecompressionSupported(false)).with(new PoolOptions().setHttp1MaxSize(CONNECTIONS_MAX)).build();
    }

    /// @param challenge the header WWW-Authenticate; empty without one
    record Heard(int status, String challenge, String text) { }

    /// @throws IOException when there is no whole answer within limits in time
    Heard ask(HttpMethod method, Place place, String uri, Map<String, String> headers, String body) throws IOException, InterruptedException {
        var answer = Promise.<Heard>promise();
        var options = new RequestOptions().setMethod(method).setHost(place.host()).setPort(place.port()).setURI(uri);
        headers.forEach(options::putHeader);
        request(options).onFailure(answer::tryFail).onSuccess(request -> {
            request.exceptionHandler(answer::tryFail);
            vertx.setTimer(patience.toMillis(), _ -> request.reset());
            request.response().onFailure(answer::tryFail).onSuccess(response -> read(request, response, answer));
            request.end(Buffer.buffer(body));
        });
        return awaited(answer, place);
    }

    private Future<HttpClientRequest> request(RequestOptions options) {
        try {
            return client.request(options);
        } catch (IllegalStateException | RejectedExecutionException closed) {
            return Future.failedFuture("this home asks no more");
        }
    }

    private static void read(HttpClientRequest request, HttpClientResponse response, Promise<Heard> answer) {
        var all = Buffer.buffer();
        response.exceptionHandler(answer::tryFail);
        response.handler(more -> {
            if (all.length() + more.length() <= ANSWER_BYTES_MAX) {
                all.appendBuffer(more);
            } else if (answer.tryFail("expected an answer of at most %d bytes".formatted(ANSWER_BYTES_MAX))) {
                request.reset();
            }
        });
        response.endHandler(_ -> answer.tryComplete(new Heard(response.statusCode(), header(response), all.toString(StandardCharsets.UTF_8))));
    }

    private static String header(HttpClientResponse response) {
        var challenge = response.getHeader("WWW-Authenticate");
        return challenge == null ? "" : challenge;
    }

    private Heard awaited(Promise<Heard> answer, Place place) throws IOException, InterruptedException {
        try {
            return answer.future().toCompletionStage().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            throw new IOException("no whole answer of %s within %d ms".formatted(place, patience.toMillis()), slow);
        } catch (ExecutionException broken) {
            throw new IOException("%s: %s".formatted(place, broken.getCause().getMessage()), broken.getCause());
        }
    }

    @Override
    public void close() {
        vertx.close();
    }

    /// Where a device listens.
    record Place(String host, int port) {
        private static final int PORT = 80;

        /// @throws IllegalArgumentException when it is no host or host:port
        static Place read(String address) {
            int colon = address.lastIndexOf(':');
            boolean bare = colon < 0 || address.endsWith("]") || address.indexOf(':') != colon && !address.startsWith("[");
            var host = (bare ? address : address.substring(0, colon)).replace("[", "").replace("]", "");
            if (host.isEmpty()) throw new IllegalArgumentException("expected where the device is reached, as host or host:port");
            return new Place(host, bare ? PORT : port(address.substring(colon + 1)));
        }

        private static int port(String text) {
            if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= 0xFFFF) return Integer.parseInt(text);
            throw new IllegalArgumentException("expected a port behind the colon, found \"" + text + "\"");
        }

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }
}
