package home.oikos.dice;

import java.util.function.IntConsumer;

/// Turns bytes into samples, across the borders of what was read at once. Not for several threads.
final class SampleReader {
    private static final int BYTE_MAX = 0xff;
    /// No digit has been seen of the number that comes next.
    private static final long NONE = -1;
    /// The number that passes has lost its beginning.
    private static final long TORN = -2;

    private final SampleFormat format;
    private final Claim claim;
    private long number = NONE;

    /// @throws IllegalArgumentException when samples of that width cannot be written so
    SampleReader(SampleFormat format, Claim claim) {
        if (format == SampleFormat.BITS && claim.sampleBits() != 1) {
            throw new IllegalArgumentException("sampleBits: in the format Bits a sample has 1 bit, found " + claim.sampleBits());
        }
        this.format = format;
        this.claim = claim;
    }

    void read(byte[] bytes, int from, int to, IntConsumer sink) {
        for (int i = from; i < to; i++) {
            switch (format) {
                case BYTES -> sink.accept(bytes[i] & BYTE_MAX);
                case BITS -> bits(bytes[i], sink);
                case DECIMAL -> digit(bytes[i], sink);
            }
        }
    }

    /// Bytes were left out before the next ones, perhaps in the middle of a number.
    void skipped() {
        number = TORN;
    }

    private static void bits(byte value, IntConsumer sink) {
        for (int bit = 7; bit >= 0; bit--) sink.accept(value >> bit & 1);
    }

    /// Only the low bits of a number count, so one without end overflows harmlessly.
    private void digit(byte character, IntConsumer sink) {
        if (character >= '0' && character <= '9') {
            if (number != TORN) number = Math.max(number, 0) * 10 + character - '0' & Long.MAX_VALUE;
        } else {
            if (number >= 0) sink.accept((int) (number & claim.symbols() - 1));
            number = NONE;
        }
    }
}
