package home.oikos.dice;

import java.util.function.IntConsumer;

/// Turns bytes into samples, across the borders of what was read at once. Not for several threads.
final class SampleReader {
    private static final int BYTE_MAX = 0xff;

    private final SampleFormat format;
    private final Claim claim;
    private long number = -1;

    SampleReader(SampleFormat format, Claim claim) {
        if (format == SampleFormat.BITS && claim.sampleBits() != 1) {
            throw new IllegalArgumentException("in the format Bits a sample has 1 bit, found sampleBits " + claim.sampleBits());
        }
        this.format = format;
        this.claim = claim;
    }

    void read(byte[] bytes, int length, IntConsumer sink) {
        for (int i = 0; i < length; i++) {
            switch (format) {
                case BYTES -> sink.accept(bytes[i] & BYTE_MAX);
                case BITS -> bits(bytes[i], sink);
                case DECIMAL -> digit(bytes[i], sink);
            }
        }
    }

    private static void bits(byte value, IntConsumer sink) {
        for (int bit = 7; bit >= 0; bit--) sink.accept(value >> bit & 1);
    }

    /// Only the low bits of a number count, so one without end overflows harmlessly.
    private void digit(byte character, IntConsumer sink) {
        if (character >= '0' && character <= '9') {
            number = Math.max(number, 0) * 10 + character - '0' & Long.MAX_VALUE;
        } else if (number >= 0) {
            sink.accept((int) (number & claim.symbols() - 1));
            number = -1;
        }
    }
}
