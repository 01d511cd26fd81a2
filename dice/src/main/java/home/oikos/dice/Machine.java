package home.oikos.dice;

import java.io.IOException;
import java.nio.file.Path;

/// What this machine does for a source; dist wires it.
public interface Machine {
    /// Makes a serial line give bytes as they come, and a read end after a second without any.
    /// @throws IOException in words
    void raw(Path device, int baud) throws IOException;

    /// Starts Debian's `infnoise`, printing raw samples.
    /// @throws IOException in words, also when it is not installed
    SampleStream infnoise() throws IOException;
}
