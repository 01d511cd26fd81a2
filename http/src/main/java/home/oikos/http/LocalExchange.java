package home.oikos.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/// Sends requests to a handler inside this process: no socket, no TLS, the same answers. May be used from any thread.
public final class LocalExchange {
    private final Handler handler;
    private final Executor lane;

    public LocalExchange(Handler handler) {
        this.handler = handler;
        lane = new SerialExecutor(task -> Thread.ofVirtual().name("local-watches").start(task));
    }

    /// Has the handler answer on a virtual thread of its own; returns when its answer has begun.
    /// @throws IOException when the calling thread is interrupted meanwhile; the handler is interrupted too
    public LocalAnswer call(LocalRequest request) throws IOException {
        var answer = new CompletableFuture<LocalAnswer>();
        var response = new LocalResponse(request, lane, answer);
        var thread = Thread.ofVirtual().name("local-request").start(() -> {
            try {
                Answering.run(handler, request, response);
            } catch (Throwable e) {
                answer.completeExceptionally(e);
                throw e;
            }
        });
        try {
            return answer.get();
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for an answer");
        } catch (ExecutionException e) {
            throw new IOException("the handler died: " + e.getCause(), e.getCause());
        }
    }
}
