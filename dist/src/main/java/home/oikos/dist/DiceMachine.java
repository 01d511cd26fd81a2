package home.oikos.dist;

import home.oikos.dice.Machine;
import home.oikos.dice.SampleStream;
import home.oikos.host.Command;
import home.oikos.host.CommandException;
import home.oikos.host.ReadingChild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// Random number generators on this machine. A device is read by a program of its own: one that hangs is ended, which a read inside this process is not.
final class DiceMachine implements Machine {
    private static final Duration READ = Duration.ofSeconds(1);

    @Override
    public SampleStream device(Path device, int baud) throws IOException {
        if (!Files.exists(device)) throw new IOException("there is no " + device + "; is it plugged in?");
        if (Files.isRegularFile(device) || Files.isDirectory(device)) throw new IOException(device + " is no device");
        try {
            if (isSerial(device)) {
                Command.of("stty", "-F", device.toString(), String.valueOf(baud), "raw", "-echo", "clocal", "-hupcl", "min", "1", "time", "0").run();
            }
            return new Printed(ReadingChild.start("cat", device.toString()));
        } catch (CommandException broken) {
            throw new IOException(broken.getMessage(), broken);
        }
    }

    /// Whatever it is called: a udev rule may name a serial line otherwise.
    private static boolean isSerial(Path device) throws IOException {
        var real = device.toRealPath();
        return real.getFileName().toString().startsWith("tty") || real.startsWith("/dev/pts");
    }

    @Override
    public SampleStream infnoise() throws IOException {
        try {
            return new Printed(ReadingChild.start("infnoise", "--raw"));
        } catch (CommandException missing) {
            throw new IOException("the program infnoise is not here: apt-get install infnoise", missing);
        }
    }

    private record Printed(ReadingChild child) implements SampleStream {
        @Override
        public int read(byte[] into) throws IOException {
            return child.read(into, READ);
        }

        @Override
        public void close() throws IOException {
            child.close();
        }
    }
}
