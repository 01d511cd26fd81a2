package home.oikos.dice;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;

/// Raw samples, good and bad, each from a seed.
final class Streams {
    private Streams() { }

    /// As good as its claim and no better: the likeliest value comes as often as the claim allows, the others share the rest.
    static IntSupplier good(Claim claim, long seed) {
        var random = new SplittableRandom(seed);
        double guess = claim.guess();
        int others = claim.symbols() - 1;
        return () -> random.nextDouble() < guess ? 0 : 1 + random.nextInt(others);
    }

    static IntSupplier stuck(int value) {
        return () -> value;
    }

    static IntSupplier biased(double ones, long seed) {
        var random = new SplittableRandom(seed);
        return () -> random.nextDouble() < ones ? 1 : 0;
    }

    static IntSupplier periodic(int... pattern) {
        return new IntSupplier() {
            private int at;

            @Override
            public int getAsInt() {
                return pattern[at++ % pattern.length];
            }
        };
    }

    /// Ones become likelier, from a half to always, over so many samples.
    static IntSupplier drifting(int samples, long seed) {
        var random = new SplittableRandom(seed);
        return new IntSupplier() {
            private int at;

            @Override
            public int getAsInt() {
                return random.nextDouble() < 0.5 + 0.5 * at++ / samples ? 1 : 0;
            }
        };
    }

    static byte[] bytes(IntSupplier samples, int count) {
        var bytes = new byte[count];
        for (int i = 0; i < count; i++) bytes[i] = (byte) samples.getAsInt();
        return bytes;
    }

    /// Of samples of one bit, as the format Bits has them.
    static byte[] packed(IntSupplier bits, int bytes) {
        var packed = new byte[bytes];
        for (int i = 0; i < bytes * 8; i++) packed[i / 8] |= (byte) (bits.getAsInt() << 7 - i % 8);
        return packed;
    }

    /// What a hash makes of a dead source: of zeros and a count.
    static byte[] whitened(int count) {
        var claim = new Claim(1, 1, 20);
        var out = new byte[count];
        for (int at = 0; at < count; at += Conditioner.BLOCK_BYTES) {
            var conditioner = new Conditioner(claim, Integer.toString(at).getBytes(StandardCharsets.US_ASCII));
            for (int i = 1; i < conditioner.samplesNeeded(); i++) conditioner.feed(0);
            System.arraycopy(conditioner.feed(0).orElseThrow(), 0, out, at, Math.min(Conditioner.BLOCK_BYTES, count - at));
        }
        return out;
    }

    /// The number of the first sample that is an alarm, from 1; 0 when none of so many is.
    static int alarmAt(Claim claim, IntSupplier samples, int most) {
        var tests = new HealthTests(claim);
        for (int i = 1; i <= most; i++) if (tests.feed(samples.getAsInt()).isPresent()) return i;
        return 0;
    }

    static int[] pattern(int period, long seed) {
        var random = new SplittableRandom(seed);
        return Arrays.stream(new int[period]).map(_ -> random.nextInt(2)).toArray();
    }
}
