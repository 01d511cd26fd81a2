package home.oikos.dist;

import java.time.Duration;

/// Opens what comes after the API, in the background, and tries again while it cannot: a home without containerd is a home that says so.
final class Furnishing implements AutoCloseable {
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    private final String name;
    private final Journal journal;
    private final Thread thread;

    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    Furnishing(String name, Journal journal, Work work) {
        this.name = name;
        this.journal = journal;
        this.thread = Thread.ofVirtual().name("furnishing " + name).start(() -> repeat(work));
    }

    private void repeat(Work work) {
        try {
            while (!done(work)) Thread.sleep(TRY_AGAIN);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean done(Work work) throws InterruptedException {
        try {
            work.run();
            return true;
        } catch (InterruptedException closed) {
            throw closed;
        } catch (Exception | LinkageError broken) {
            journal.tell(name + " not yet", broken);
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
