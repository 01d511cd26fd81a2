package home.oikos.host;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file or folder inside another, held open. The kernel itself walks there (openat2 with RESOLVE_BENEATH), so that no link, however
/// quickly it is swapped, leads outside. As long as this is open, [#path] names exactly what was found.
public final class BeneathPath implements AutoCloseable {
    private static final int AT_FDCWD = -100;
    private static final int O_PATH = 0x200000;
    private static final int O_CLOEXEC = 0x80000;
    private static final long RESOLVE_BENEATH = 0x08;
    private static final long RESOLVE_NO_SYMLINKS = 0x04;
    private static final long RESOLVE_NO_MAGIC_LINKS = 0x02;
    private static final long OPENAT2 = 437;
    private static final int HOW_BYTES = 24;

    private final int descriptor;

    private BeneathPath(int descriptor) {
        this.descriptor = descriptor;
    }

    /// Opens what a relative path names inside a folder; folders that are missing are made.
    /// @throws IOException when the way leads out of the folder
    public static BeneathPath open(Path folder, String relative) throws IOException {
        var path = Path.of(relative).normalize();
        if (path.isAbsolute() || path.startsWith("..")) throw new IOException("\"" + relative + "\" is not inside the volume");
        var root = descriptor(AT_FDCWD, folder.toRealPath().toString(), 0);
        if (root < 0) throw new IOException(folder + " cannot be opened");
        try {
            int found = descriptor(root, path.toString().isEmpty() ? "." : path.toString(), RESOLVE_BENEATH | RESOLVE_NO_MAGIC_LINKS);
            return new BeneathPath(found >= 0 ? found : make(root, path, relative));
        } finally {
            close(root);
        }
    }

    /// Makes what is missing of the way; over a link nothing is made.
    private static int make(int root, Path path, String relative) throws IOException {
        int at = beneath(root, ".");
        for (var part : path) {
            if (part.toString().isEmpty()) continue;
            int next = beneath(at, part.toString());
            if (next < 0 && makeFolder(at, part.toString())) next = beneath(at, part.toString());
            close(at);
            if (next < 0) throw new IOException("\"" + relative + "\" leads out of the volume, or is a link to nothing");
            at = next;
        }
        return at;
    }

    private static int beneath(int folder, String name) {
        return descriptor(folder, name, RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS);
    }

    /// The open file or folder, for this process and those it starts meanwhile.
    public Path path() {
        return Path.of("/proc", Long.toString(ProcessHandle.current().pid()), "fd", Integer.toString(descriptor));
    }

    public boolean isDirectory() {
        return Files.isDirectory(path());
    }

    @Override
    public void close() {
        close(descriptor);
    }

    private static int descriptor(int folder, String name, long resolve) {
        try (var arena = Arena.ofConfined()) {
            var how = arena.allocate(HOW_BYTES, 8);
            how.set(ValueLayout.JAVA_LONG, 0, O_PATH | O_CLOEXEC);
            how.set(ValueLayout.JAVA_LONG, 16, resolve);
            return (int) (long) Calls.SYSCALL.invokeExact(OPENAT2, folder, arena.allocateFrom(name), how, (long) HOW_BYTES);
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean makeFolder(int folder, String name) {
        try (var arena = Arena.ofConfined()) {
            return (int) Calls.MKDIRAT.invokeExact(folder, arena.allocateFrom(name), 0755) == 0;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void close(int descriptor) {
        try {
            int closed = (int) Calls.CLOSE.invokeExact(descriptor);
            assert closed <= 0;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// The C library, loaded at the first sub-path.
    private static final class Calls {
        static final MethodHandle SYSCALL = call("syscall", FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
        static final MethodHandle MKDIRAT = call("mkdirat",
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
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
