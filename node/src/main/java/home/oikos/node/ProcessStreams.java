package home.oikos.node;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// The streams of a process in a container. One that nobody asked for is empty or swallows what it gets, never null.
/// @param hasStdin whether the process gets an input at all
/// @param sizes the terminal's size at first and after each change; only with a terminal
public record ProcessStreams(boolean hasStdin, InputStream stdin, OutputStream stdout, OutputStream stderr,
        BlockingQueue<TerminalSize> sizes) {
    /// In characters.
    public record TerminalSize(int width, int height) { }

    /// Streams for a command that reads nothing.
    public static ProcessStreams output(OutputStream stdout, OutputStream stderr) {
        return new ProcessStreams(false, InputStream.nullInputStream(), stdout, stderr, new LinkedBlockingQueue<>());
    }
}
