package home.oikos.cli;

import java.io.InputStream;
import java.io.PrintStream;

/// Where a verb prints and reads.
public record Screen(PrintStream out, PrintStream err, InputStream in) {
    public static Screen ofProcess() {
        return new Screen(System.out, System.err, System.in);
    }
}
