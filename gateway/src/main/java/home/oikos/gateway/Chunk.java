package home.oikos.gateway;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/// A run of samples of one series, compressed as it grows: the time as the change of its step, the value as its change in millionths, or
/// where it is no such number as the bits that changed (after Pelkonen et al., "Gorilla", VLDB 2015, in whole bytes). About 3 bytes a sample.
final class Chunk {
    /// Sensors say no more than this; a change of a tenth takes three bytes.
    private static final double MILLIONTHS = 1_000_000;
    private static final double LARGEST_SCALED = 1e9;
    /// Times are kept to the tenth of a second.
    private static final long TICK_MILLIS = 100;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
    private long ticks;
    private long step;
    private double value;
    private int count;

    void add(Sample sample) {
        long now = sample.millis() / TICK_MILLIS;
        long nextStep = now - ticks;
        long turn = nextStep - step;
        boolean scaled = isScaled(value) && isScaled(sample.value());
        number(zigzag(turn) << 1 | (scaled ? 0 : 1));
        if (scaled) number(zigzag(Math.round(sample.value() * MILLIONTHS) - Math.round(value * MILLIONTHS)));
        else number(Long.reverse(Double.doubleToRawLongBits(sample.value()) ^ Double.doubleToRawLongBits(value)));
        step = nextStep;
        ticks = now;
        value = scaled ? Math.round(sample.value() * MILLIONTHS) / MILLIONTHS : sample.value();
        count++;
    }

    private static boolean isScaled(double number) {
        double scaled = number * MILLIONTHS;
        return Math.abs(number) < LARGEST_SCALED && Math.abs(scaled - Math.rint(scaled)) < 1e-3;
    }

    int count() {
        return count;
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    private void number(long number) {
        for (long rest = number; ; rest >>>= 7) {
            if ((rest & ~0x7fL) == 0) {
                bytes.write((int) rest);
                return;
            }
            bytes.write((int) (rest & 0x7f | 0x80));
        }
    }

    private static long zigzag(long number) {
        return number << 1 ^ number >> 63;
    }

    /// The samples of a finished chunk.
    static List<Sample> read(byte[] bytes, int from, int to) {
        var samples = new ArrayList<Sample>();
        var reader = new Reader(bytes, from);
        long ticks = 0;
        long step = 0;
        double value = 0;
        while (reader.at < to) {
            long head = reader.number();
            step += unzigzag(head >>> 1);
            ticks += step;
            long change = reader.number();
            value = (head & 1) == 0 ? (Math.round(value * MILLIONTHS) + unzigzag(change)) / MILLIONTHS
                    : Double.longBitsToDouble(Double.doubleToRawLongBits(value) ^ Long.reverse(change));
            samples.add(new Sample(ticks * TICK_MILLIS, value));
        }
        return samples;
    }

    private static long unzigzag(long number) {
        return number >>> 1 ^ -(number & 1);
    }

    private static final class Reader {
        private final byte[] bytes;
        int at;

        Reader(byte[] bytes, int at) {
            this.bytes = bytes;
            this.at = at;
        }

        long number() {
            long number = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = bytes[at++];
                number |= (next & 0x7fL) << shift;
                if (next >= 0) return number;
            }
        }
    }
}
