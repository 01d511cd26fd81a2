package home.oikos.apiserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Sends JSON to a service and waits for its JSON: what webhooks are. One connection a call.
/// @param host as the other side knows itself, for its Host header
record OutboundCall(Dialer dialer, Dialer.Address address, String host, String target) {
    /// What of an answer is read: as much as a write may be.
    private static final int ANSWER_BYTES_MAX = 3 << 20;

    /// @param timeout for all of it, however slowly the bytes trickle
    byte[] post(byte[] body, Duration timeout) throws IOException {
        var task = new FutureTask<>(() -> answer(body, timeout));
        var thread = Thread.ofVirtual().name("call " + host).start(task);
        try {
            return task.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new IOException("context deadline exceeded", late);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException io ? io : new IOException(String.valueOf(failed.getCause().getMessage()),
                    failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while calling " + host);
        } finally {
            thread.interrupt();
        }
    }

    private byte[] answer(byte[] body, Duration timeout) throws IOException {
        try (var stream = dialer.dial(address, timeout)) {
            var head = "POST %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: kube-apiserver-admission\r\nAccept: application/json\r\n".formatted(target, host)
                    + "Content-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n".formatted(body.length);
            stream.out().write(head.getBytes(StandardCharsets.US_ASCII));
            stream.out().write(body);
            stream.out().flush();
            var in = new java.io.BufferedInputStream(stream.in());
            var answered = OutboundHead.read(in);
            var read = whole(answered.body(in, "POST"));
            if (answered.status() == 200) return read;
            throw new IOException("the server answered %d: %s".formatted(answered.status(), new String(read, 0, Math.min(read.length, 200),
                    StandardCharsets.UTF_8).strip()));
        }
    }

    private static byte[] whole(InputStream body) throws IOException {
        var read = body.readNBytes(ANSWER_BYTES_MAX + 1);
        if (read.length > ANSWER_BYTES_MAX) throw new IOException("the answer is longer than " + ANSWER_BYTES_MAX + " bytes");
        return read;
    }
}
