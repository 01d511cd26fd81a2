package home.oikos.e2e;

import java.time.Duration;
import java.util.function.Supplier;

/// Waits for what a living home does in its own time: asks again until it is so, and fails with what was last seen instead.
final class Eventually {
    /// Far more than anything takes on a slow machine; a home that heals is there within a second or two.
    static final Duration LONG = Duration.ofSeconds(90);
    private static final Duration BETWEEN = Duration.ofMillis(100);

    private Eventually() { }

    @FunctionalInterface
    interface Check {
        /// Asserts what should be; whatever it throws means not yet.
        void run() throws Exception;
    }

    static void passes(String what, Check check) {
        passes(what, LONG, check);
    }

    /// Runs the check until it passes.
    static void passes(String what, Duration within, Check check) {
        long deadline = System.nanoTime() + within.toNanos();
        while (true) {
            try {
                check.run();
                return;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(what + ": interrupted", interrupted);
            } catch (Exception | AssertionError notYet) {
                if (System.nanoTime() > deadline) throw new AssertionError("not within " + within.toSeconds() + " s: " + what + "; at last: "
                        + notYet.getMessage(), notYet);
            }
            pause(what);
        }
    }

    static <T> void becomes(String what, T wanted, Supplier<T> seen) {
        passes(what, () -> {
            var now = seen.get();
            if (!wanted.equals(now)) throw new AssertionError("expected " + wanted + ", found " + now);
        });
    }

    /// Checks again and again for so long that it stays so.
    static void holds(Duration time, Check check) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        do {
            check.run();
            Thread.sleep(BETWEEN);
        } while (System.nanoTime() < end);
    }

    private static void pause(String what) {
        try {
            Thread.sleep(BETWEEN);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(what + ": interrupted", interrupted);
        }
    }
}
