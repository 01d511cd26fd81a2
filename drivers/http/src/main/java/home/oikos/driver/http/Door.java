package home.oikos.driver.http;

import home.oikos.driver.DeviceListener;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// A plain HTTP port for sensors that post and devices that fetch. Everything but the copying of images runs on an event loop of its own, which ends
/// with it.
final class Door implements AutoCloseable {
    /// An iSpindel's post has some 200 bytes.
    static final int BODY_BYTES_MAX = 4_096;
    /// Each has a socket and at most a body: together not half a megabyte.
    static final int CONNECTIONS_MAX = 32;
    private static final int HEADER_BYTES_MAX = 4_096;
    private static final int LINE_BYTES_MAX = 512;
    /// From the first byte of a request to its last; a sensor needs a tenth of a second.
    static final Duration REQUEST_MAX = Duration.ofSeconds(10);
    /// A device may pause so long while it clears the flash that an image goes to.
    private static final int IDLE_SECONDS = 30;
    private static final long RETRY_FIRST_MILLIS = 250;
    private static final long RETRY_MAX_MILLIS = 10_000;
    /// A port that was shut a moment ago is free again soon: nobody needs to hear of that.
    private static final int QUIET_FAILURES = 3;
    /// The library looks every second whether one of its threads hangs. Ours never block, and an idle home sleeps.
    private static final long LOOKS_FOR_BLOCKED_MILLIS = 3_600_000;

    private final HttpSettings settings;
    private final Desk desk;
    private final Shelf shelf;
    private final DeviceListener listener;
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1)
            .setBlockedThreadCheckInterval(LOOKS_FOR_BLOCKED_MILLIS));
    private final Context loop = vertx.getOrCreateContext();
    private final Duration requestMax;
    /// Where it listens, from when it does.
    private final CompletableFuture<InetSocketAddress> open = new CompletableFuture<>();
    private HttpServer server;
    private boolean closed;
    private int failures;
    private int connections;

    Door(HttpSettings settings, Desk desk, Shelf shelf, DeviceListener listener, Duration requestMax) {
        this.settings = settings;
        this.desk = desk;
        this.shelf = shelf;
        this.listener = listener;
        this.requestMax = requestMax;
    }

    /// Goes on trying until closed.
    CompletableFuture<InetSocketAddress> open() {
        loop.runOnContext(_ -> listen());
        return open;
    }

    private void listen() {
        if (closed) return;
        try {
            var place = settings.place().choose();
            server = server();
            server.listen(place.getPort(), place.getHostString()).onComplete(answer -> {
                if (answer.succeeded()) opened(place);
                else failed("cannot listen at %s:%d: %s".formatted(place.getHostString(), place.getPort(), answer.cause().getMessage()));
            });
        } catch (IOException none) {
            failed(none.getMessage());
        }
    }

    private void opened(InetSocketAddress place) {
        if (closed) return;
        open.complete(place);
        listener.linked(true, "");
    }

    private void failed(String why) {
        if (closed) return;
        if (failures >= QUIET_FAILURES) listener.linked(false, why + "; another place: ./oikos up --sensors ADDR:PORT");
        vertx.setTimer(Math.min(RETRY_FIRST_MILLIS << Math.min(failures++, 10), RETRY_MAX_MILLIS), _ -> listen());
    }

    private HttpServer server() {
        var options = new HttpServerOptions().setIdleTimeout(IDLE_SECONDS).setMaxHeaderSize(HEADER_BYTES_MAX).setMaxInitialLineLength(LINE_BYTES_MAX)
                .setHttp2ClearTextEnabled(false).setDecompressionSupported(false);
        return vertx.createHttpServer(options).connectionHandler(this::admit).requestHandler(this::hear).invalidRequestHandler(this::senseless);
    }

    private void admit(HttpConnection connection) {
        connections++;
        connection.closeHandler(_ -> connections--);
        connection.exceptionHandler(_ -> { });
        if (connections > CONNECTIONS_MAX) connection.close();
    }

    private static String from(HttpServerRequest request) {
        return "a request from " + request.remoteAddress().hostAddress();
    }

    /// A line or header that is no HTTP, or too long.
    private void senseless(HttpServerRequest request) {
        refuse(request, new Answer(Answer.MALFORMED, "expected an HTTP request of an iSpindel"));
    }

    private void hear(HttpServerRequest request) {
        if (request.path().startsWith(Shelf.PATH)) fetch(request);
        else if (!request.path().equals(HttpSettings.PATH)) refuse(request, new Answer(Answer.NO_SUCH_PATH, "expected the path " + HttpSettings.PATH));
        else if (!request.method().equals(HttpMethod.POST)) refuse(request, new Answer(Answer.NO_SUCH_METHOD, "expected a POST"));
        else new Post(request).read();
    }

    /// Who does not know the place and who comes to one that is closed hear the same.
    private void fetch(HttpServerRequest request) {
        var handout = shelf.find(request.path());
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            refuse(request, new Answer(Answer.NO_SUCH_METHOD, "expected a GET"));
        } else if (handout.isEmpty()) {
            refuse(request, new Answer(Answer.NO_SUCH_PATH, "nothing is handed out here"));
        } else {
            hand(request, handout.get());
        }
    }

    private void hand(HttpServerRequest request, Handout handout) {
        try {
            shelf.admit(handout, InetAddress.ofLiteral(request.remoteAddress().hostAddress()));
            Thread.ofVirtual().name("image").start(new Copy(request, handout));
        } catch (Shelf.NotHandedOut no) {
            refuse(request, no.answer());
        }
    }

    /// Says no and hangs up: what else comes on that connection is not read.
    private void refuse(HttpServerRequest request, Answer answer) {
        hangUp(request, desk.strange(from(request), answer));
    }

    private static void hangUp(HttpServerRequest request, Answer answer) {
        var response = request.response();
        if (response.ended() || response.closed()) return;
        response.putHeader("Connection", "close");
        say(request, answer).onComplete(_ -> request.connection().close());
    }

    private static Future<Void> say(HttpServerRequest request, Answer answer) {
        var response = request.response().setStatusCode(answer.code()).putHeader("Content-Type", "text/plain; charset=utf-8");
        if (answer.code() == Answer.NO_SUCH_METHOD) response.putHeader("Allow", request.path().startsWith(Shelf.PATH) ? "GET, HEAD" : "POST");
        if (answer.code() == Answer.TOO_MANY) response.putHeader("Retry-After", "60");
        return response.end(answer.words() + "\n");
    }

    /// One post while its body comes in.
    private final class Post {
        private final HttpServerRequest request;
        private final Buffer body = Buffer.buffer();
        private final long timer;
        private boolean over;

        Post(HttpServerRequest request) {
            this.request = request;
            this.timer = vertx.setTimer(requestMax.toMillis(), _ -> end(new Answer(Answer.TOO_SLOW, "expected the whole post within seconds")));
        }

        void read() {
            request.exceptionHandler(_ -> over());
            request.handler(this::more);
            request.endHandler(_ -> whole());
        }

        private void more(Buffer chunk) {
            if (over) return;
            if (body.length() + chunk.length() > BODY_BYTES_MAX) {
                end(new Answer(Answer.TOO_LARGE, "expected at most %d bytes".formatted(BODY_BYTES_MAX)));
                return;
            }
            body.appendBuffer(chunk);
        }

        private void whole() {
            if (over()) say(request, desk.take(from(request), body.getBytes()));
        }

        private void end(Answer answer) {
            if (over()) refuse(request, answer);
        }

        /// @return whether it was not over yet
        private boolean over() {
            if (over) return false;
            over = true;
            vertx.cancelTimer(timer);
            return true;
        }
    }

    /// Returns at once; it is shut soon after.
    @Override
    public void close() {
        loop.runOnContext(_ -> {
            closed = true;
            open.cancel(false);
            if (server == null) vertx.close();
            else server.close().onComplete(_ -> vertx.close());
        });
    }
}
