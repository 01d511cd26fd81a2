package home.oikos.cri;

import home.oikos.api.JsonObject;
import home.oikos.host.Command;
import home.oikos.node.ProcessStreams;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The named pipes between a process in a container and the one who asked for it. Opening a pipe blocks its thread until the other
/// side has come, so each pipe has a platform thread of its own for the life of the command.
final class ProcessPipes implements AutoCloseable {
    /// How long output may still come after the process has ended: a child of it may hold the pipe open for ever.
    private static final long DRAIN_MILLIS = 2_000;

    private final Path folder;
    private final ProcessStreams streams;
    private final boolean tty;
    private final List<Thread> outputs = new ArrayList<>();
    private Thread input;

    private ProcessPipes(Path folder, ProcessStreams streams, boolean tty) {
        this.folder = folder;
        this.streams = streams;
        this.tty = tty;
    }

    static ProcessPipes make(Path folder, ProcessStreams streams, boolean tty) throws IOException {
        Files.createDirectories(folder);
        var pipes = new ProcessPipes(folder, streams, tty);
        pipes.names().members().values().forEach(pipe -> Command.of("mkfifo", "-m", "0600", pipe.text("")).run());
        return pipes;
    }

    JsonObject names() {
        return JsonObject.of("stdin", streams.hasStdin() ? name("in") : null, "stdout", name("out"), "stderr", tty ? null : name("err"));
    }

    private String name(String pipe) {
        return folder.resolve(pipe).toString();
    }

    /// Begins to copy.
    /// @param inputEnded told when the asker's input has ended
    void open(Runnable inputEnded) {
        outputs.add(copyOut("out", streams.stdout()));
        if (!tty) outputs.add(copyOut("err", streams.stderr()));
        if (streams.hasStdin()) input = thread("in", () -> copyIn(inputEnded));
    }

    private Thread copyOut(String pipe, OutputStream to) {
        return thread(pipe, () -> {
            try (var from = new FileInputStream(name(pipe))) {
                var buffer = new byte[16 << 10];
                for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                    to.write(buffer, 0, read);
                    to.flush();
                }
            } catch (IOException gone) {
                // The asker has gone; the command is ended by whoever interrupts its thread.
            }
        });
    }

    private void copyIn(Runnable inputEnded) {
        try (var to = new FileOutputStream(name("in"))) {
            var buffer = new byte[16 << 10];
            for (int read = streams.stdin().read(buffer); read >= 0; read = streams.stdin().read(buffer)) to.write(buffer, 0, read);
        } catch (IOException ended) {
            // The process reads no more, or the asker has gone.
        }
        inputEnded.run();
    }

    private static Thread thread(String name, Runnable work) {
        return Thread.ofPlatform().daemon().name("exec-" + name).start(work);
    }

    /// Waits for the last output of a process that has ended.
    void drain() {
        try {
            for (var output : outputs) output.join(DRAIN_MILLIS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /// Frees threads that still wait for the other side, by being the other side for a moment, and removes the pipes.
    @Override
    public void close() throws IOException {
        for (var pipe : List.of("in", "out", "err")) {
            var file = folder.resolve(pipe);
            if (!Files.exists(file)) continue;
            new RandomAccessFile(file.toFile(), "rw").close();
            Files.delete(file);
        }
        if (input != null) input.interrupt();
        Files.delete(folder);
    }
}
