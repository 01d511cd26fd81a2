package home.oikos.host;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// A network name space of this machine, by its file. A socket belongs for life to the space of the thread that made it, so a platform
/// thread enters the space, connects and ends; nobody else ever runs on it.
public record NetworkSpace(Path file) {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int READ_ONLY_CLOSE_ON_EXEC = 0x80000;
    private static final int CLONE_NEWNET = 0x40000000;

    /// The space that a process lives in.
    public static NetworkSpace ofProcess(long pid) {
        return new NetworkSpace(Path.of("/proc", Long.toString(pid), "ns/net"));
    }

    /// Connects to an address as seen from inside.
    public Socket connect(String address, int port) throws IOException {
        if (!Files.exists(file)) throw new IOException("network name space " + file + " is gone");
        var connected = new CompletableFuture<Socket>();
        Thread.ofPlatform().daemon().name("network-space").start(() -> {
            try {
                enter();
                var socket = new Socket();
                socket.connect(new InetSocketAddress(address, port), (int) CONNECT_TIMEOUT.toMillis());
                connected.complete(socket);
            } catch (Throwable failed) {
                connected.completeExceptionally(failed);
            }
        });
        return await(connected, port);
    }

    private static Socket await(CompletableFuture<Socket> connected, int port) throws IOException {
        try {
            return connected.get();
        } catch (ExecutionException refused) {
            throw new IOException("port " + port + ": " + refused.getCause().getMessage(), refused.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("port " + port + ": interrupted");
        }
    }

    /// Moves the calling thread, and no other, into this space.
    private void enter() throws Throwable {
        try (var arena = Arena.ofConfined()) {
            int handle = (int) Calls.OPEN.invokeExact(arena.allocateFrom(file.toString()), READ_ONLY_CLOSE_ON_EXEC);
            if (handle < 0) throw new IOException("network name space " + file + " cannot be opened");
            int entered = (int) Calls.SETNS.invokeExact(handle, CLONE_NEWNET);
            int closed = (int) Calls.CLOSE.invokeExact(handle);
            if (entered != 0 || closed != 0) throw new IOException("network name space " + file + " cannot be entered");
        }
    }

    /// The C library, loaded at the first port-forward.
    private static final class Calls {
        static final MethodHandle OPEN = call("open", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT));
        static final MethodHandle SETNS = call("setns", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT));
        static final MethodHandle CLOSE = call("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

        private Calls() { }

        /// Calling C is what this class is for: the program runs with native access enabled.
        @SuppressWarnings("restricted")
        private static MethodHandle call(String name, FunctionDescriptor shape) {
            var linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape);
        }
    }
}
