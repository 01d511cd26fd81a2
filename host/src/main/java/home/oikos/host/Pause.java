package home.oikos.host;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Waits for things the kernel does not announce. Returns early when the thread is interrupted.
final class Pause {
    static final Duration SHORT = Duration.ofMillis(5);

    private Pause() { }

    static void sleep(Duration length) {
        LockSupport.parkNanos(length.toNanos());
    }
}
