package home.oikos.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/// WebSocket messages from one side to the other; the writer waits while too many lie in the pipe.
final class MessagePipe {
    /// Messages of exec and port-forward are at most 32 KiB, so a pipe holds at most half a MiB of them.
    static final int WAITING_MESSAGES_MAX = 16;

    private final Queue<WebSocket.Message> messages = new ArrayDeque<>();
    private boolean ended;
    private IOException failure;

    synchronized void put(WebSocket.Message message) throws IOException {
        while (!ended && failure == null && messages.size() >= WAITING_MESSAGES_MAX) await();
        if (ended || failure != null) throw new IOException("the web socket is closed", failure);
        messages.add(message);
        notifyAll();
    }

    /// What was put before is still read.
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    synchronized void fail(IOException cause) {
        failure = cause;
        notifyAll();
    }

    synchronized Optional<WebSocket.Message> take() throws IOException {
        while (messages.isEmpty() && !ended && failure == null) await();
        if (messages.isEmpty() && failure != null) throw new IOException(failure.getMessage(), failure);
        var message = messages.poll();
        notifyAll();
        return Optional.ofNullable(message);
    }

    private void await() throws InterruptedIOException {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the other end of a web socket");
        }
    }
}
