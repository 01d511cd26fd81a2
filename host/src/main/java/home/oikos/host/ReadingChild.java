package home.oikos.host;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// A program that is read for as long as somebody wants what it prints: it ends with the reader, and says when it ends by itself. One thread reads;
/// any may close.
public final class ReadingChild implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);

    private final Process process;
    private final InputStream out;

    private ReadingChild(Process process) {
        this.process = process;
        this.out = process.getInputStream();
    }

    /// What it says on its error output is thrown away: nobody reads it while it runs.
    /// @throws CommandException when it is not there
    public static ReadingChild start(String... words) {
        try {
            return new ReadingChild(new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start());
        } catch (IOException missing) {
            throw new CommandException(words[0] + ": cannot be run: " + missing.getMessage(), missing);
        }
    }

    /// Waits for bytes, at most so long.
    /// @return how many; 0 when none came in time, -1 when it ended
    public int read(byte[] into, Duration longest) throws IOException {
        for (var waited = Duration.ZERO; waited.compareTo(longest) < 0; waited = waited.plus(POLL)) {
            boolean alive = process.isAlive();
            if (out.available() > 0) return out.read(into);
            if (!alive) return -1;
            Pause.sleep(POLL);
        }
        return 0;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        out.close();
    }
}
