package home.oikos.http;

import java.util.Optional;
import java.util.regex.Pattern;

/// Which bytes of something a client asked for (RFC 9110 section 14.1).
///
/// @param last the last one itself, before the first one when there are none
/// @param partial whether a part was asked for, be it all there is
public record ByteRange(long first, long last, boolean partial) {
    /// One range, as far as a number of 18 digits; several at once are a luxury that may be left unanswered.
    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /// The whole where none or nothing sensible was asked for; empty where nothing of it is there.
    public static Optional<ByteRange> of(String header, long sizeBytes) {
        var matcher = ONE.matcher(header.strip());
        if (!matcher.matches() || matcher.group(1).isEmpty() && matcher.group(2).isEmpty()) return Optional.of(whole(sizeBytes));
        if (matcher.group(1).isEmpty()) return lastOnes(Long.parseLong(matcher.group(2)), sizeBytes);
        long from = Long.parseLong(matcher.group(1));
        long to = matcher.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(matcher.group(2));
        if (to < from) return Optional.of(whole(sizeBytes));
        return from >= sizeBytes ? Optional.empty() : Optional.of(new ByteRange(from, Math.min(to, sizeBytes - 1), true));
    }

    public static ByteRange whole(long sizeBytes) {
        return new ByteRange(0, sizeBytes - 1, false);
    }

    private static Optional<ByteRange> lastOnes(long count, long sizeBytes) {
        return count == 0 || sizeBytes == 0 ? Optional.empty() : Optional.of(new ByteRange(Math.max(0, sizeBytes - count), sizeBytes - 1, true));
    }

    public long lengthBytes() {
        return last - first + 1;
    }
}
