package home.oikos.cri;

import home.oikos.node.RuntimeFailure;
import home.oikos.node.RuntimeFailure.Kind;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// gRPC over one HTTP/2 connection on a Unix socket: unary calls, and calls answered by a stream. It knows bytes, not messages. Calls block
/// and may come from any thread; a connection that broke is made anew by the next call.
final class GrpcChannel implements AutoCloseable {
    /// What CRI lets a message be (16 MiB, as containerd's own limit).
    private static final int MESSAGE_BYTES_MAX = 16 << 20;

    private final Vertx vertx;
    private final HttpClient client;
    private final SocketAddress socket;
    private final Map<String, String> headers;

    /// @param headers sent with each call
    GrpcChannel(Path socket, Map<String, String> headers) {
        this.socket = SocketAddress.domainSocketAddress(socket.toString());
        this.headers = Map.copyOf(headers);
        vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1)
                .setWorkerPoolSize(1).setInternalBlockingPoolSize(1).setBlockedThreadCheckInterval(3_600_000));
        var options = new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false)
                .setHttp2ConnectionWindowSize(MESSAGE_BYTES_MAX);
        // A connection that breaks is told to each of its calls; Vert.x would log it once more.
        client = vertx.httpClientBuilder().with(options).with(new PoolOptions().setHttp2MaxSize(1).setHttp1MaxSize(1))
                .withConnectHandler(connection -> connection.exceptionHandler(_ -> { })).build();
    }

    /// Sends a message and waits for the answer.
    byte[] call(String method, byte[] message, Duration timeout) {
        var answer = new CompletableFuture<byte[]>();
        var request = open(method, message, new Listener() {
            @Override
            public void message(byte[] bytes) {
                answer.complete(bytes);
            }

            @Override
            public void ended(RuntimeFailure failure) {
                answer.completeExceptionally(failure != null ? failure : new RuntimeFailure(Kind.OTHER, method + ": no answer"));
            }
        });
        return await(method, answer, request, timeout);
    }

    /// Sends a message and hands over each of the messages that come back, on the event loop.
    /// @param ended hears once why the stream is over; null when it ended well
    AutoCloseable stream(String method, byte[] message, Consumer<byte[]> each, Consumer<RuntimeFailure> ended) {
        var request = open(method, message, new Listener() {
            @Override
            public void message(byte[] bytes) {
                each.accept(bytes);
            }

            @Override
            public void ended(RuntimeFailure failure) {
                ended.accept(failure);
            }
        });
        return () -> request.thenAccept(HttpClientRequest::reset);
    }

    /// Hears a call's answer on the event loop.
    private interface Listener {
        void message(byte[] bytes);

        void ended(RuntimeFailure failure);
    }

    private CompletableFuture<HttpClientRequest> open(String method, byte[] message, Listener listener) {
        var options = new RequestOptions().setServer(socket).setHost("localhost").setPort(80).setMethod(HttpMethod.POST).setURI(method)
                .putHeader("content-type", "application/grpc").putHeader("te", "trailers");
        headers.forEach(options::putHeader);
        var opened = client.request(options);
        opened.onSuccess(request -> {
            request.response().onSuccess(response -> read(method, response, listener))
                    .onFailure(lost -> listener.ended(unavailable(method, lost)));
            request.end(frame(message));
        }).onFailure(refused -> listener.ended(unavailable(method, refused)));
        return opened.toCompletionStage().toCompletableFuture();
    }

    private static void read(String method, HttpClientResponse response, Listener listener) {
        var frames = new GrpcFrames(MESSAGE_BYTES_MAX, listener::message);
        response.exceptionHandler(lost -> listener.ended(unavailable(method, lost)));
        response.handler(part -> frames.take(part.getBytes()));
        response.endHandler(_ -> listener.ended(failure(method, response)));
    }

    /// A call that failed before its answer began has its status in the headers, otherwise it is in the trailers.
    private static RuntimeFailure failure(String method, HttpClientResponse response) {
        var status = first(response.getTrailer("grpc-status"), response.getHeader("grpc-status"));
        if ("0".equals(status)) return null;
        var words = GrpcFrames.unescape(first(response.getTrailer("grpc-message"), response.getHeader("grpc-message"), "status " + status));
        var kind = switch (status == null ? "" : status) {
            case "5" -> Kind.NOT_FOUND;
            case "14" -> Kind.UNAVAILABLE;
            default -> Kind.OTHER;
        };
        return new RuntimeFailure(kind, simple(method) + ": " + words);
    }

    private static String first(String... values) {
        for (var value : values) if (value != null) return value;
        return null;
    }

    private static RuntimeFailure unavailable(String method, Throwable why) {
        return new RuntimeFailure(Kind.UNAVAILABLE, simple(method) + ": containerd is not reachable: " + why.getMessage());
    }

    private static String simple(String method) {
        return method.substring(method.lastIndexOf('/') + 1);
    }

    private static Buffer frame(byte[] message) {
        return Buffer.buffer(5 + message.length).appendByte((byte) 0).appendInt(message.length).appendBytes(message);
    }

    private static byte[] await(String method, CompletableFuture<byte[]> answer, CompletableFuture<HttpClientRequest> request,
            Duration timeout) {
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeFailure failure ? new RuntimeFailure(failure.kind(), failure.getMessage())
                    : new RuntimeFailure(Kind.OTHER, simple(method) + ": " + failed.getCause());
        } catch (TimeoutException slow) {
            request.thenAccept(HttpClientRequest::reset);
            throw new RuntimeFailure(Kind.OTHER, simple(method) + ": no answer within " + timeout.toSeconds() + " s");
        } catch (InterruptedException interrupted) {
            request.thenAccept(HttpClientRequest::reset);
            Thread.currentThread().interrupt();
            throw new RuntimeFailure(Kind.OTHER, simple(method) + ": interrupted");
        }
    }

    @Override
    public void close() {
        client.close();
        vertx.close();
    }
}
