package home.oikos.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// One command of this machine, as data; [#run] blocks until it ends. Arguments are handed over as they are, never through a shell.
public record Command(List<String> words, byte[] input, Map<String, String> environment, Path directory, Duration timeout) {
    /// Longer than any tool we call takes on a slow SD card; a tool that hangs must not hang the home.
    static final Duration TIMEOUT = Duration.ofSeconds(60);
    /// How much of a command's output is kept: the longest we read is `apt-cache show` of some dozens of packages.
    static final int OUTPUT_BYTES_MAX = 64 << 20;

    public Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
        if (words.isEmpty()) throw new IllegalArgumentException("a command needs a name");
    }

    public static Command of(String... words) {
        return of(List.of(words));
    }

    public static Command of(List<String> words) {
        return new Command(words, new byte[0], Map.of(), null, TIMEOUT);
    }

    public Command with(String... more) {
        var longer = new ArrayList<>(words);
        longer.addAll(List.of(more));
        return new Command(longer, input, environment, directory, timeout);
    }

    public Command input(String text) {
        return new Command(words, text.getBytes(StandardCharsets.UTF_8), environment, directory, timeout);
    }

    public Command variable(String name, String value) {
        var more = new LinkedHashMap<>(environment);
        more.put(name, value);
        return new Command(words, input, more, directory, timeout);
    }

    public Command in(Path folder) {
        return new Command(words, input, environment, folder, timeout);
    }

    public Command within(Duration longest) {
        return new Command(words, input, environment, directory, longest);
    }

    /// Runs the command to its end.
    /// @throws CommandException when it is not there, is too slow, or ends with another status than 0
    public Output run() {
        var output = tryRun();
        if (output.status() != 0) throw new CommandException(failure(output));
        return output;
    }

    /// Runs the command to its end and returns whatever status it had.
    /// @throws CommandException when it is not there or is too slow
    public Output tryRun() {
        var process = start();
        try {
            var out = reading(process.getInputStream());
            var err = reading(process.getErrorStream());
            feed(process);
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new CommandException(this + ": not finished within " + timeout.toSeconds() + " s, stopped");
            }
            return new Output(process.exitValue(), out.get(), new String(err.get(), StandardCharsets.UTF_8));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandException(this + ": interrupted", interrupted);
        } catch (ExecutionException unreadable) {
            throw new CommandException(this + ": output unreadable: " + unreadable.getCause(), unreadable);
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start() {
        var builder = new ProcessBuilder(words);
        builder.environment().putAll(environment);
        builder.environment().put("LC_ALL", "C.UTF-8");
        if (directory != null) builder.directory(directory.toFile());
        try {
            return builder.start();
        } catch (IOException missing) {
            throw new CommandException(words.getFirst() + ": cannot be run: " + missing.getMessage(), missing);
        }
    }

    private void feed(Process process) {
        try (var in = process.getOutputStream()) {
            in.write(input);
        } catch (IOException ignored) {
            // It ended before it read everything; its status and its words say why.
        }
    }

    private static CompletableFuture<byte[]> reading(InputStream stream) {
        var read = new CompletableFuture<byte[]>();
        Thread.ofVirtual().start(() -> {
            try (stream) {
                read.complete(stream.readNBytes(OUTPUT_BYTES_MAX));
            } catch (IOException broken) {
                read.completeExceptionally(broken);
            }
        });
        return read;
    }

    private String failure(Output output) {
        var said = output.err().isBlank() ? output.text() : output.err();
        return this + ": status " + output.status() + (said.isBlank() ? "" : ": " + said.strip());
    }

    @Override
    public String toString() {
        return String.join(" ", words.subList(0, Math.min(words.size(), 4)));
    }

    /// What a command left behind.
    public record Output(int status, byte[] out, String err) {
        public String text() {
            return new String(out, StandardCharsets.UTF_8);
        }

        public List<String> lines() {
            return text().lines().toList();
        }
    }
}
