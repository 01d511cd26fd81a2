package home.oikos.http;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/// The listener: TLS 1.3, HTTP/2 and HTTP/1.1 on one port. Handlers run on a virtual thread per request. Safe for any thread.
public final class HttpServer implements AutoCloseable {
    /// How long [#close] waits for requests that are being handled.
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
    private static final long IDLE_SWEEP_MILLIS_MAX = 10_000;
    /// The library looks every second whether one of its threads hangs. Ours never block, and an idle home sleeps.
    private static final long LOOKS_FOR_BLOCKED_MILLIS = 3_600_000;
    /// More loops than this bring nothing in a home, and each has buffers of its own.
    private static final int EVENT_LOOPS_MAX = 4;

    private final Vertx vertx;
    private final Handler handler;
    private final CurrentKey key;
    private final Serving serving;
    private final Connections connections;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final List<InetSocketAddress> addresses = new ArrayList<>();
    private final List<io.vertx.core.http.HttpServer> listeners = new ArrayList<>();

    private HttpServer(ListenerOptions options, Handler handler) {
        this.handler = handler;
        key = new CurrentKey(options.certificate());
        serving = new Serving(options.limits());
        connections = new Connections(options.limits());
        vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(eventLoops())
                .setBlockedThreadCheckInterval(LOOKS_FOR_BLOCKED_MILLIS));
    }

    /// Loads what the library would load with its first connection (0.1 s: ciphers, the JDK's authorities), for another thread to do meanwhile.
    public static void warmUp() {
        try {
            Class.forName("io.netty.handler.ssl.JdkSslServerContext");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the server library is not the one this was written for", e);
        }
    }

    /// Listens on all addresses, or on none.
    /// @throws BindException when a port is in use; the message names the program that has it, where the system tells
    public static HttpServer start(ListenerOptions options, Handler handler) throws IOException {
        var server = new HttpServer(options, handler);
        try {
            for (var address : options.addresses()) server.addresses.add(server.listen(address, options.limits()));
        } catch (IOException | RuntimeException e) {
            server.close(Duration.ZERO);
            throw e;
        }
        var idleMillis = options.limits().idleTimeout().toMillis();
        server.vertx.setPeriodic(Math.clamp(idleMillis / 4, 1, IDLE_SWEEP_MILLIS_MAX), _ -> server.connections.closeIdle());
        return server;
    }

    private static int eventLoops() {
        return Math.min(EVENT_LOOPS_MAX, Runtime.getRuntime().availableProcessors());
    }

    /// One listener an event loop; the library spreads the connections of an address over them, if they name its port.
    private InetSocketAddress listen(InetSocketAddress address, Limits limits) throws IOException {
        var bound = address.getPort() == 0 ? FreePort.at(address.getAddress()) : address;
        for (var loop = 0; loop < eventLoops(); loop++) listenOnce(bound, LibraryOptions.of(limits, key));
        return bound;
    }

    private void listenOnce(InetSocketAddress address, HttpServerOptions options) throws IOException {
        var listening = new CompletableFuture<Void>();
        var listener = vertx.createHttpServer(options).requestHandler(this::serve).connectionHandler(connections::opened)
                .exceptionHandler(_ -> { });                             // strangers who break off a handshake are no news
        listeners.add(listener);
        ((VertxInternal) vertx).createEventLoopContext().runOnContext(_ ->
                listener.listen(address.getPort(), address.getAddress().getHostAddress())
                        .onSuccess(_ -> listening.complete(null)).onFailure(listening::completeExceptionally));
        try {
            await(listening, START_TIMEOUT);
        } catch (IOException e) {
            throw explained(address, e);
        }
    }

    /// The native transport has an exception of its own for what the JDK calls BindException.
    private static IOException explained(InetSocketAddress address, IOException e) {
        if (!String.valueOf(e.getMessage()).contains("Address already in use")) return new IOException("cannot listen on " + address, e);
        var taken = new BindException(PortTaken.message(address));
        taken.initCause(e);
        return taken;
    }

    private static <T> T await(CompletableFuture<T> future, Duration timeout) throws IOException {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("the server library did not answer within " + timeout.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the server library was busy");
        }
    }

    private void serve(HttpServerRequest http) {
        var connection = Connection.of(http.connection());
        connection.requestBegins();
        var body = new SocketBody(http, connection, serving.limits().stallTimeout());
        serving.requestBegins().ifPresentOrElse(turn -> handle(http, connection, body, turn), () -> {
            var refusal = new SocketResponse(http, connection, body, serving, () -> { });
            Answering.overloaded(refusal, new OverloadedException("too many requests at once; try again in a second"));
            connection.requestEnds();
        });
    }

    private void handle(HttpServerRequest http, Connection connection, SocketBody body, Serving.Turn turn) {
        var response = new SocketResponse(http, connection, body, serving, turn::end);
        Thread.ofVirtual().name("request").start(() -> {
            try {
                Answering.run(handler, new SocketRequest(http, body), response);
            } finally {
                turn.end();
                connection.loop().execute(connection::requestEnds);
            }
        });
    }

    /// The addresses it listens on, in the order asked for, with the ports it got.
    public List<InetSocketAddress> addresses() {
        return List.copyOf(addresses);
    }

    public int port() {
        return addresses.getFirst().getPort();
    }

    /// The first address as clients on this machine can reach it.
    public InetSocketAddress address() {
        var first = addresses.getFirst();
        return first.getAddress().isAnyLocalAddress() ? new InetSocketAddress(InetAddress.getLoopbackAddress(), first.getPort()) : first;
    }

    /// New handshakes are given this certificate; open connections stay.
    public void replaceCertificate(ServerCertificate certificate) {
        key.replace(certificate);
    }

    /// How many connections are open now.
    public int connections() {
        return connections.count();
    }

    /// How many requests are being handled now.
    public int requests() {
        return serving.requests();
    }

    /// How many watches are open now.
    public int watches() {
        return serving.watches();
    }

    @Override
    public void close() {
        close(CLOSE_TIMEOUT);
    }

    /// Stops accepting, ends watches in order, waits for requests, at most this long, then hangs up.
    public void close(Duration timeout) {
        if (closed.getAndSet(true)) return;
        serving.endAll();
        try {
            await(CompletableFuture.allOf(listeners.stream().map(l -> shutDown(l, timeout)).toArray(CompletableFuture[]::new)),
                    timeout.plusSeconds(1));
            await(vertx.close().toCompletionStage().toCompletableFuture(), START_TIMEOUT);
        } catch (IOException e) {
            vertx.close();
        }
    }

    private static CompletableFuture<Void> shutDown(io.vertx.core.http.HttpServer listener, Duration timeout) {
        return listener.shutdown(timeout.toMillis(), TimeUnit.MILLISECONDS).toCompletionStage().toCompletableFuture();
    }
}
