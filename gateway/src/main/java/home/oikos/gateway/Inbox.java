package home.oikos.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/// What waits to be told to the [House]. Any thread may put something in and, when it is full, waits: a flood is slowed down at its source. One
/// thread takes it out.
final class Inbox {
    /// Words that wait for the house. At about 20 µs each a full inbox is 80 ms behind.
    static final int WORDS_MAX = 4_096;

    private final ArrayBlockingQueue<Word> words = new ArrayBlockingQueue<>(WORDS_MAX);

    /// Something for the house to take in, on its thread.
    @FunctionalInterface
    interface Word {
        void tell(Instant now);
    }

    void say(Word word) {
        try {
            words.put(word);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Asks the house and waits for its answer.
    /// @throws TimeoutException when it has not answered in time
    <T> T ask(Function<Instant, T> question, Duration timeout) throws InterruptedException, TimeoutException {
        var answer = new CompletableFuture<T>();
        boolean put = words.offer(now -> answer.completeAsync(() -> question.apply(now), Runnable::run), timeout.toMillis(), TimeUnit.MILLISECONDS);
        if (!put) throw new TimeoutException("the inbox is full");
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException broken) {
            throw new IllegalStateException(broken.getCause());
        }
    }

    /// Tells everything that is there, and waits for a first word until that instant; not for ever, for the clock may be set back meanwhile.
    /// @return the time that was told
    Instant tellUntil(Instant latest, Supplier<Instant> clock) throws InterruptedException {
        var wait = Duration.between(clock.get(), latest).toMillis();
        var word = words.poll(Math.clamp(wait, 0, Agenda.ROUND.toMillis()), TimeUnit.MILLISECONDS);
        var now = clock.get();
        for (int told = 0; word != null && told < WORDS_MAX; told++, word = words.poll()) word.tell(now);
        return now;
    }
}
