package home.oikos.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/// What we know of one connection, and its place in the pipeline: between the HTTP codec and TLS, where flushes can be gathered. Vert.x
/// flushes on every write; a batch of events for a hundred streams of a connection would be a hundred TLS records and system calls.
/// Touched by its event loop alone.
final class Connection extends ChannelDuplexHandler {
    private static final AttributeKey<Connection> KEY = AttributeKey.valueOf(Connection.class.getName());

    private final HttpConnection http;
    private final Loop loop;
    private ChannelHandlerContext context;
    private boolean gathering;
    private boolean flushWanted;
    private boolean waking;
    private int requests;
    private long idleSinceNanos = System.nanoTime();

    private Connection(HttpConnection http, Loop loop) {
        this.http = http;
        this.loop = loop;
    }

    /// Puts itself into the pipeline of a new connection.
    static Connection attach(HttpConnection http) {
        var codec = ((HttpServerConnection) http).channelHandlerContext();
        var connection = new Connection(http, new Loop(codec.channel().eventLoop()));
        codec.channel().attr(KEY).set(connection);
        codec.pipeline().addBefore(codec.name(), "gather", connection);
        return connection;
    }

    static Connection of(HttpConnection http) {
        return ((HttpServerConnection) http).channelHandlerContext().channel().attr(KEY).get();
    }

    /// Asks the channel, not Vert.x: to Vert.x a connection that became a WebSocket is another one, and the first is never told of its end.
    void onClosed(Runnable told) {
        context.channel().closeFuture().addListener(_ -> told.run());
    }

    Loop loop() {
        return loop;
    }

    HttpConnection http() {
        return http;
    }

    void requestBegins() {
        requests++;
    }

    void requestEnds() {
        requests--;
        idleSinceNanos = System.nanoTime();
    }

    private boolean isIdleFor(long nanos) {
        return requests == 0 && System.nanoTime() - idleSinceNanos > nanos;
    }

    /// Everything written until the event loop comes to its next task goes out with one flush.
    void gather() {
        if (gathering) return;
        gathering = true;
        loop.execute(this::flushGathered);
    }

    private void flushGathered() {
        gathering = false;
        if (!flushWanted) return;
        flushWanted = false;
        context.flush();
        // The codec holds back what a full channel did not take while we gathered; now it has room.
        context.channel().flush();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void flush(ChannelHandlerContext flushed) {
        if (gathering) flushWanted = true;
        else flushed.flush();
    }

    /// Room that comes and goes while the codec tells its streams of it can leave the connection marked as having room and every stream
    /// as having none: what waits in them would wait for ever, the next event with it (seen with 1,000 watches and a full socket).
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) {
        changed.fireChannelWritabilityChanged();
        if (waking || !(((HttpServerConnection) http).channelHandlerContext().handler() instanceof Http2ConnectionHandler codec)) return;
        waking = true;
        loop.execute(() -> wakeStreams(codec));
    }

    /// Opening a window by nothing has the codec compare what it told a stream with what is.
    private void wakeStreams(Http2ConnectionHandler codec) {
        waking = false;
        var flow = codec.encoder().flowController();
        try {
            codec.connection().forEachActiveStream(stream -> {
                flow.incrementWindowSize(stream, 0);
                return true;
            });
        } catch (Http2Exception broken) {
            http.close();
        }
        codec.flush(((HttpServerConnection) http).channelHandlerContext());
    }

    void closeIfIdle(long nanos) {
        loop.execute(() -> { if (isIdleFor(nanos)) http.close(); });
    }
}
