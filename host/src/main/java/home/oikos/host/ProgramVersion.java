package home.oikos.host;

import java.util.Optional;
import java.util.regex.Pattern;

/// The version of a program of this machine, as far as it decides whether we can work with it.
public record ProgramVersion(int major, int minor) implements Comparable<ProgramVersion> {
    private static final Pattern NUMBERS = Pattern.compile("\\bv?(\\d+)\\.(\\d+)");

    /// What the program says of itself; empty when it is not there or says no number.
    public static Optional<ProgramVersion> of(String program) {
        try {
            return parse(Command.of(program, "--version").tryRun().text());
        } catch (CommandException absent) {
            return Optional.empty();
        }
    }

    static Optional<ProgramVersion> parse(String text) {
        var found = NUMBERS.matcher(text);
        return found.find() ? Optional.of(new ProgramVersion(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))))
                : Optional.empty();
    }

    @Override
    public int compareTo(ProgramVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
