package home.oikos.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/// One watcher: filters and encodes what the broadcast offers, and cuts itself when the peer does not keep up.
/// Every field is touched on its executor (the connection's event loop) alone.
final class LiveWatch<E> implements Response.Watch {
    /// How far a watcher may lag before it is cut and has to list again. At about 1 KiB an event this is 1 MiB of references to
    /// shared arrays, so a thousand watchers that all hang cost little more than the events themselves.
    static final int LAG_FRAMES_MAX = 1_024;
    /// The same in bytes, for large objects: 4 MiB is three objects of the largest size that a store takes.
    static final long LAG_BYTES_MAX = 4L << 20;

    private final FanOut<E> broadcast;
    private final Executor executor;
    private final FrameSink sink;
    private final Function<E, byte[]> frame;
    private final Runnable onClose;
    private List<E> early = new ArrayList<>();
    private long upTo;
    private int lagFrames;
    private long lagBytes;
    private boolean closed;

    private LiveWatch(FanOut<E> broadcast, Executor executor, FrameSink sink, Function<E, byte[]> frame, Runnable onClose) {
        this.broadcast = broadcast;
        this.executor = executor;
        this.sink = sink;
        this.frame = frame;
        this.onClose = onClose;
    }

    /// Joins, replays, then goes live. See [Response#watch].
    static <E> LiveWatch<E> start(Broadcast<E> broadcast, Executor executor, FrameSink sink, Supplier<Response.Replay> replay,
            Function<E, byte[]> frame, Runnable onClose) {
        var fanOut = (FanOut<E>) broadcast;
        var watch = new LiveWatch<>(fanOut, executor, sink, frame, onClose);
        fanOut.join(executor, watch);
        try {
            var first = replay.get();
            executor.execute(() -> watch.open(first));
        } catch (RuntimeException | Error e) {
            executor.execute(() -> fanOut.leave(executor, watch));
            throw e;
        }
        return watch;
    }

    /// The replay does not count as lag: it is as long as the store is large, and was asked for.
    private void open(Response.Replay replay) {
        upTo = replay.upTo();
        var waiting = early;
        early = null;
        sink.open(this::lost);
        if (closed) return;
        if (!replay.frames().isEmpty()) sink.write(replay.frames(), () -> { });
        offer(waiting);
    }

    void offer(List<E> batch) {
        if (closed) return;
        if (early != null) {
            early.addAll(batch);
            if (early.size() > LAG_FRAMES_MAX * 16) cut();
            return;
        }
        var frames = encode(batch);
        if (!frames.isEmpty()) write(frames);
    }

    private List<byte[]> encode(List<E> batch) {
        var frames = new ArrayList<byte[]>(batch.size());
        for (var event : batch) {
            if (broadcast.position(event) <= upTo) continue;
            var bytes = frame.apply(event);
            if (bytes != null) frames.add(bytes);
        }
        return frames;
    }

    private void write(List<byte[]> frames) {
        var count = frames.size();
        long sum = 0;
        for (var frame : frames) sum += frame.length;
        long bytes = sum;
        lagFrames += count;
        lagBytes += bytes;
        if (lagFrames > LAG_FRAMES_MAX || lagBytes > LAG_BYTES_MAX) {
            cut();
            return;
        }
        sink.write(frames, () -> written(count, bytes));
    }

    private void written(int count, long bytes) {
        lagFrames -= count;
        lagBytes -= bytes;
    }

    private void cut() {
        sink.cut();
        lost();
    }

    private void lost() {
        if (closed) return;
        closed = true;
        broadcast.leave(executor, this);
        Thread.ofVirtual().name("watch-close").start(onClose);
    }

    @Override
    public void send(byte[] frame) {
        executor.execute(() -> { if (!closed) write(List.of(frame)); });
    }

    @Override
    public void end() {
        executor.execute(() -> {
            if (closed) return;
            sink.end();
            lost();
        });
    }
}
