package home.oikos.simulation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What can be wrong with a thing. A thing has any number of faults at a time.
public enum Fault {
    /// It is off the air: says nothing, hears nothing.
    DROP_OFF,
    /// It hears commands and says its state, and does not move.
    STUCK,
    /// It says what it was told to be, and is what it was before.
    LIE,
    /// Too much where none should be: a burst pipe at a leak sensor, a dishwasher that runs over, spilled spirit at a vapour sensor.
    FLOOD,
    /// Yeast that stops before its work is done.
    STALLED,
    /// It takes no new firmware.
    REFUSES,
    /// It does not start again with new firmware, until it is mended.
    BRICKS,
    /// It starts again with the firmware it had before.
    REVERTS;

    /// The word on the command line: `drop-off`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The fault of that word; `wet` and `high` are other words for a flood, `jammed` for stuck.
    public static Optional<Fault> of(String word) {
        if (word.equals("wet") || word.equals("high")) return Optional.of(FLOOD);
        if (word.equals("jammed")) return Optional.of(STUCK);
        return Arrays.stream(values()).filter(fault -> fault.word().equals(word)).findFirst();
    }

    public static String words() {
        return Arrays.stream(values()).map(Fault::word).collect(Collectors.joining(", "));
    }
}
