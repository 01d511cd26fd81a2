package home.oikos.node;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;

/// One line of a log file as CRI writes it: `TIME STREAM TAG text`, the tag P when the text goes on in the next line, F when it ends here.
record LogLine(Instant time, byte[] timeText, boolean whole, byte[] text) {
    /// Empty for a torn or foreign line.
    static Optional<LogLine> parse(byte[] line) {
        int first = indexOf(line, 0);
        int second = first < 0 ? -1 : indexOf(line, first + 1);
        int third = second < 0 ? -1 : indexOf(line, second + 1);
        if (second < 0) return Optional.empty();
        int tagEnd = third < 0 ? line.length : third;
        try {
            var timeText = Arrays.copyOf(line, first);
            boolean partial = tagEnd > second + 1 && line[second + 1] == 'P';
            var text = third < 0 ? new byte[0] : Arrays.copyOfRange(line, third + 1, line.length);
            return Optional.of(new LogLine(OffsetDateTime.parse(new String(timeText)).toInstant(), timeText, !partial, text));
        } catch (DateTimeParseException foreign) {
            return Optional.empty();
        }
    }

    private static int indexOf(byte[] line, int from) {
        for (int i = from; i < line.length; i++) if (line[i] == ' ') return i;
        return -1;
    }
}
