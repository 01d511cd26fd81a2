package home.oikos.e2e;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// Somebody who asks for a page again and again from a [Machine], each time on a new connection, and counts.
final class PageLoad implements AutoCloseable {
    private static final Duration BETWEEN = Duration.ofMillis(20);
    private static final int READ_TIMEOUT_MILLIS = 5_000;

    private final Machine machine;
    private final URI page;
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final Thread thread;

    private PageLoad(Machine machine, String page) {
        this.machine = machine;
        this.page = URI.create(page);
        thread = Thread.ofVirtual().start(this::ask);
    }

    static PageLoad start(Machine machine, String page) {
        return new PageLoad(machine, page);
    }

    int answered() {
        return answered.get();
    }

    int failed() {
        return failed.get();
    }

    private void ask() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                (succeeds() ? answered : failed).incrementAndGet();
                Thread.sleep(BETWEEN);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean succeeds() {
        try (Socket socket = machine.network().connect(page.getHost(), page.getPort() < 0 ? 80 : page.getPort())) {
            socket.setSoTimeout(READ_TIMEOUT_MILLIS);
            socket.getOutputStream().write("GET / HTTP/1.0\r\nHost: media\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).startsWith("HTTP/1.1 200");
        } catch (IOException refused) {
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
