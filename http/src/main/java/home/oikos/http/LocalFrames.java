package home.oikos.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;

/// The frames of a watch in this process, read by one thread. A reader that does not keep up is cut like one on the network.
public final class LocalFrames implements FrameSink, AutoCloseable {
    private sealed interface Item {
        record Frame(byte[] bytes, Runnable taken) implements Item { }

        record End(IOException cause) implements Item { }
    }

    private final Executor lane;
    private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();
    private Runnable lost = () -> { };
    private boolean closed;

    LocalFrames(Executor lane) {
        this.lane = lane;
    }

    /// Waits for the next frame; empty when the watch has ended in order.
    /// @throws IOException when the watch was cut
    public Optional<byte[]> next() throws IOException {
        try {
            return switch (items.take()) {
                case Item.Frame(var bytes, var taken) -> {
                    lane.execute(taken);
                    yield Optional.of(bytes);
                }
                case Item.End end -> ended(end);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a frame");
        }
    }

    private Optional<byte[]> ended(Item.End end) throws IOException {
        items.add(end);
        if (end.cause() != null) throw new IOException(end.cause().getMessage(), end.cause());
        return Optional.empty();
    }

    /// Ends the watch from the reader's side; a waiting reader sees the end.
    @Override
    public void close() {
        lane.execute(() -> {
            closed = true;
            lost.run();
            items.add(new Item.End(null));
        });
    }

    @Override
    public void open(Runnable onLost) {
        lost = onLost;
        if (closed) onLost.run();
    }

    /// The whole list counts as taken with its last frame.
    @Override
    public void write(List<byte[]> frames, Runnable taken) {
        for (var frame : frames.subList(0, frames.size() - 1)) items.add(new Item.Frame(frame, () -> { }));
        items.add(new Item.Frame(frames.getLast(), taken));
    }

    @Override
    public void end() {
        items.add(new Item.End(null));
    }

    @Override
    public void cut() {
        items.clear();
        items.add(new Item.End(new IOException("the watch was cut: its reader lagged too far behind")));
    }
}
