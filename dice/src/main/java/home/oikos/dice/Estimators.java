package home.oikos.dice;

import java.util.function.DoubleUnaryOperator;

/// Four of SP 800-90B's estimators of min-entropy (6.3.1 to 6.3.4), each an upper bound on what an honest owner may declare. They look at statistics
/// alone: a pseudo-random number generator passes them all.
final class Estimators {
    /// The upper end of a 99 % confidence interval.
    private static final double CONFIDENCE = 2.576;
    /// 6.3.4: bits of a block, and blocks that fill the dictionary before counting begins.
    private static final int BLOCK_BITS = 6;
    static final int DICTIONARY_BLOCKS = 1_000;
    private static final double MAURER_DEVIATION = 0.5907;
    private static final int MARKOV_STEPS = 128;
    /// A chance whose terms no longer change the sum of a million.
    private static final double NEGLIGIBLE = 1e-30;

    private Estimators() { }

    /// Most common value, bits a sample.
    static double mostCommonValue(byte[] samples, int symbols) {
        var counts = new int[symbols];
        int most = 0;
        for (var sample : samples) most = Math.max(most, ++counts[sample & 0xff]);
        double share = (double) most / samples.length;
        double bound = Math.min(1, share + CONFIDENCE * Math.sqrt(share * (1 - share) / (samples.length - 1)));
        return entropy(bound);
    }

    /// How soon a value comes again, bits a bit.
    static double collision(byte[] bits) {
        long times = 0;
        long squares = 0;
        int collisions = 0;
        for (int i = 0; i + 1 < bits.length; ) {
            int time = bits[i] == bits[i + 1] ? 2 : 3;
            if (i + time > bits.length) break;
            times += time;
            squares += time * time;
            collisions++;
            i += time;
        }
        if (collisions < 2) return 0;
        double mean = (double) times / collisions;
        double deviation = Math.sqrt(Math.max(0, (squares - collisions * mean * mean) / (collisions - 1)));
        double bound = mean - CONFIDENCE * deviation / Math.sqrt(collisions);
        // The expected time is 2 + 2p(1 - p), which is solved for p without searching.
        return entropy(Math.min(1, 0.5 + Math.sqrt(Math.max(0, 1.25 - bound / 2))));
    }

    /// What a bit tells of the next, bits a bit: the likeliest of all ways through 128 bits.
    static double markov(byte[] bits) {
        var pairs = new double[2][2];
        double ones = 0;
        for (int i = 0; i < bits.length; i++) {
            ones += bits[i];
            if (i > 0) pairs[bits[i - 1]][bits[i]]++;
        }
        double log0 = log2(1 - ones / bits.length);
        double log1 = log2(ones / bits.length);
        double log00 = step(pairs, 0, 0);
        double log01 = step(pairs, 0, 1);
        double log10 = step(pairs, 1, 0);
        double log11 = step(pairs, 1, 1);
        int last = MARKOV_STEPS - 1;
        double likeliest = Double.NEGATIVE_INFINITY;
        for (double way : new double[] {log0 + last * log00, log0 + (last / 2 + 1) * log01 + last / 2 * log10, log0 + log01 + (last - 1) * log11,
            log1 + log10 + (last - 1) * log00, log1 + (last / 2 + 1) * log10 + last / 2 * log01, log1 + last * log11}) {
            if (!Double.isNaN(way)) likeliest = Math.max(likeliest, way);
        }
        return Math.min(1, -likeliest / MARKOV_STEPS) + 0.0;
    }

    private static double step(double[][] pairs, int from, int to) {
        return log2(pairs[from][to] / (pairs[from][0] + pairs[from][1]));
    }

    /// How far back a block of six bits was seen last, bits a bit.
    static double compression(byte[] bits, int dictionaryBlocks) {
        int blocks = bits.length / BLOCK_BITS;
        int counted = blocks - dictionaryBlocks;
        if (counted < 2) return 0;
        var lastSeen = new int[1 << BLOCK_BITS];
        double sum = 0;
        double squares = 0;
        for (int block = 1; block <= blocks; block++) {
            int value = block(bits, block - 1);
            if (block > dictionaryBlocks) {
                double distance = log2(lastSeen[value] == 0 ? block : block - lastSeen[value]);
                sum += distance;
                squares += distance * distance;
            }
            lastSeen[value] = block;
        }
        double mean = sum / counted;
        double deviation = MAURER_DEVIATION * Math.sqrt(Math.max(0, squares / (counted - 1) - mean * mean));
        double bound = mean - CONFIDENCE * deviation / Math.sqrt(counted);
        return solve(bound, dictionaryBlocks, blocks);
    }

    private static int block(byte[] bits, int index) {
        int value = 0;
        for (int i = 0; i < BLOCK_BITS; i++) value = value << 1 | bits[index * BLOCK_BITS + i];
        return value;
    }

    /// The chance of the likeliest block at which the expected distance is the bound; the expectation falls as the chance rises.
    private static double solve(double bound, int dictionaryBlocks, int blocks) {
        int values = 1 << BLOCK_BITS;
        DoubleUnaryOperator expected = p -> expectation(p, dictionaryBlocks, blocks)
                + (values - 1) * expectation((1 - p) / (values - 1), dictionaryBlocks, blocks);
        double low = 1.0 / values;
        double high = 1;
        if (expected.applyAsDouble(low) < bound) return 1;
        for (int i = 0; i < 40; i++) {
            double middle = (low + high) / 2;
            if (expected.applyAsDouble(middle) > bound) low = middle;
            else high = middle;
        }
        return Math.min(1, entropy(low) / BLOCK_BITS);
    }

    /// G(z) of 6.3.4: the sum over shorter distances is carried along, and what is too unlikely to show is left out.
    private static double expectation(double z, int dictionaryBlocks, int blocks) {
        double inner = 0;
        double power = 1;
        double total = 0;
        for (int t = 1; t <= blocks; t++) {
            if (power < NEGLIGIBLE && t > dictionaryBlocks) return (total + inner * (blocks - t + 1)) / (blocks - dictionaryBlocks);
            double log = log2(t);
            if (t > dictionaryBlocks) total += inner + log * z * power;
            inner += log * z * z * power;
            power *= 1 - z;
        }
        return total / (blocks - dictionaryBlocks);
    }

    private static double entropy(double chance) {
        return -log2(chance) + 0.0;
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }
}
