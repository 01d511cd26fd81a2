package home.oikos.dist;

import java.util.concurrent.CountDownLatch;

/// Lets a program run until TERM or until something in it says that it must end, and lets it close in order before the process goes.
final class StopSignal implements AutoCloseable {
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    StopSignal() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait));
    }

    void stop() {
        stop.countDown();
    }

    void await() throws InterruptedException {
        stop.await();
    }

    private void stopAndWait() {
        stop();
        try {
            closed.await();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /// Everything is closed: the process may go.
    @Override
    public void close() {
        closed.countDown();
    }
}
