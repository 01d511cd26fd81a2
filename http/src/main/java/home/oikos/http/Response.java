package home.oikos.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// The answer to one request: exactly one of [#send], [#stream], [#watch] and [#webSocket] is called, after any [#header].
public interface Response {
    /// A body up to this goes out in one piece, without waiting for the client.
    int ONE_PIECE_BYTES_MAX = 64 << 10;

    /// Adds a header. Content-Type, Content-Length and Transfer-Encoding are set by the server, as the answer's methods say.
    void header(String name, String value);

    /// A whole answer. The array may be shared and is not changed.
    void send(int status, String contentType, byte[] body);

    /// An answer that is written bit by bit. Headers go out at once. A write blocks while the peer is slow and throws when it has gone.
    OutputStream stream(int status, String contentType) throws IOException;

    /// The same when it is known how long it will be, which the client is told. A handler that cannot write so much throws: the answer is broken off then.
    default OutputStream stream(int status, String contentType, long lengthBytes) throws IOException {
        header("Content-Length", Long.toString(lengthBytes));
        return stream(status, contentType);
    }

    /// An answer that lasts and is fed by a broadcast: headers go out at once, then the replay, then every later event,
    /// with no gap and nothing twice between the two. Returns at once; the handler's thread is not kept.
    ///
    /// @param broadcast what publishes the later events
    /// @param replay called once, on the calling thread, after the watch has joined and before headers go out; publishing goes on meanwhile,
    ///               and events up to [Replay#upTo] are not sent again. What it throws is thrown on, and nothing has been answered then
    /// @param frame the bytes of an event for this watcher, or null when it does not want it; called on the event loop, so it must not block.
    ///              Return the same array for the same event to share one encoding among watchers
    /// @param onClose called once, on a virtual thread, when the watch has ended, whoever ended it
    /// @return a handle that writes extra frames in order (bookmarks) and ends the watch
    /// @throws OverloadedException when the server holds as many watches as it may; nothing has been answered then
    <E> Watch watch(String contentType, Broadcast<E> broadcast, Supplier<Replay> replay, Function<E, byte[]> frame, Runnable onClose);

    /// Upgrades to a WebSocket (RFC 6455; over HTTP/2 RFC 8441 is not offered).
    /// @param protocols the subprotocols we speak, best first; the first that the client offered is chosen. When none fits the upgrade is refused with 400.
    /// @param open called with the open socket on a virtual thread of its own; the socket closes when it returns
    void webSocket(List<String> protocols, Consumer<WebSocket> open);

    /// True once one of the four has been called.
    boolean isAnswered();

    /// What a watcher gets before live events.
    /// @param upTo the position (revision) that the frames bring the watcher to; only later events follow
    /// @param frames in order; shared, not copied
    record Replay(long upTo, List<byte[]> frames) { }

    /// The handle of a running watch. Methods never block and may be called from any thread.
    interface Watch {
        /// Queues one frame after what is already queued.
        void send(byte[] frame);

        /// Ends the answer in order after what is queued.
        void end();
    }
}
