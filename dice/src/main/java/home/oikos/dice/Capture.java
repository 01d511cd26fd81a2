package home.oikos.dice;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Raw samples on their way to somebody who wants to look at them. What is shown to people is never mixed into anything.
final class Capture {
    private final byte[] samples;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile int count;

    Capture(int wanted) {
        samples = new byte[wanted];
    }

    /// Called by the feed's thread alone.
    /// @return whether it wants more
    boolean take(int sample) {
        samples[count] = (byte) sample;
        count++;
        if (count == samples.length) done.countDown();
        return count < samples.length;
    }

    void end() {
        done.countDown();
    }

    /// What came in time, one sample a byte.
    byte[] await(Duration longest) throws InterruptedException {
        done.await(longest.toMillis(), TimeUnit.MILLISECONDS);
        return Arrays.copyOf(samples, count);
    }
}
