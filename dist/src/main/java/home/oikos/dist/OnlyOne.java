package home.oikos.dist;

import home.oikos.cli.Refusal;
import home.oikos.host.Instance;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/// Holds a folder for one process; the kernel gives it back when that dies, however it dies.
record OnlyOne(FileChannel held) implements AutoCloseable {
    /// @throws Refusal when another process runs in this folder
    static OnlyOne in(Instance instance) throws IOException {
        var file = FileChannel.open(instance.runDir().resolve("home.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (file.tryLock() != null) return new OnlyOne(file);
        file.close();
        throw new Refusal("another oikos home runs in %s; a second copy needs a folder of its own: --data DIR".formatted(instance.dataDir()));
    }

    @Override
    public void close() throws IOException {
        held.close();
    }
}
