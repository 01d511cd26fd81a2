package home.oikos.dist;

import home.oikos.controller.LeaderLease;
import java.time.Clock;
import java.util.concurrent.Callable;

/// Opens what only one copy may run once the lease is ours, and closes it when the lease is lost: then this process has had its time, and
/// whoever supervises it starts it again to wait. One thread of its own.
final class Leadership implements AutoCloseable {
    private final LeaderLease lease;
    private final Clock clock;
    private final Journal journal;
    private final Callable<AutoCloseable> work;
    private final Runnable lost;
    private final Thread thread;
    private volatile boolean overthrown;
    private boolean waiting;

    Leadership(LeaderLease lease, Clock clock, Journal journal, Callable<AutoCloseable> work, Runnable lost) {
        this.lease = lease;
        this.clock = clock;
        this.journal = journal;
        this.work = work;
        this.lost = lost;
        this.thread = Thread.ofVirtual().name("leadership").start(this::run);
    }

    boolean isOverthrown() {
        return overthrown;
    }

    private void run() {
        try {
            while (!lease.hold(clock.instant())) await();
            journal.tell("this copy leads");
            lead();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (Exception broken) {
            journal.tell("the home cannot be closed in order", broken);
        } finally {
            release();
        }
    }

    private void await() throws InterruptedException {
        if (!waiting) journal.tell("another copy leads, or the API does not answer; waiting");
        waiting = true;
        Thread.sleep(LeaderLease.RENEW_PERIOD);
    }

    private void lead() throws Exception {
        AutoCloseable led = null;
        try {
            while (lease.hold(clock.instant())) {
                if (led == null) led = opened();
                Thread.sleep(LeaderLease.RENEW_PERIOD);
            }
            overthrown = true;
            journal.tell("another copy may lead now: this one heard nothing of its lease for too long, and ends");
            lost.run();
        } finally {
            if (led != null) led.close();
        }
    }

    /// @return null when it has to be tried again
    private AutoCloseable opened() throws InterruptedException {
        try {
            return work.call();
        } catch (InterruptedException closed) {
            throw closed;
        } catch (Exception | LinkageError broken) {
            journal.tell("devices not yet", broken);
            return null;
        }
    }

    /// So that another copy need not wait for the lease to run out. Best done, not needed.
    private void release() {
        boolean interrupted = Thread.interrupted();
        try {
            lease.release(clock.instant());
        } catch (RuntimeException away) {
            journal.tell("the lease could not be given back; it runs out by itself", away);
        }
        if (interrupted) Thread.currentThread().interrupt();
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
