package home.oikos.apiserver;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;

/// The client's end of an exec or attach. A stream that was not asked for is empty or swallows what it gets, never null.
/// @param stdin ends when the client closes its input
/// @param sizes the terminal's size, at first and after each change; only with a tty
public record ContainerStreams(InputStream stdin, OutputStream stdout, OutputStream stderr, BlockingQueue<TerminalSize> sizes) {
    public record TerminalSize(int width, int height) { }
}
