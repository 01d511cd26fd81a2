package home.oikos.dice;

import java.io.IOException;
import java.nio.file.Path;

/// What this machine does for a source; dist wires it.
public interface Machine {
    /// Reads a device as it speaks; a serial line is first made to give bytes unchanged.
    /// @throws IOException in words, also when it is not plugged in
    SampleStream device(Path device, int baud) throws IOException;

    /// Starts Debian's `infnoise`, printing raw samples.
    /// @throws IOException in words, also when it is not installed
    SampleStream infnoise() throws IOException;
}
