package home.oikos.brewery;

import java.util.Arrays;
import java.util.List;

/// The readings of one sensor of one batch, a median for each half hour: what a glitch in between said is gone before anybody looks. 30
/// days are 6 KB. Not for several threads at once.
final class Slots {
    static final int SLOT_SECONDS = 1_800;
    /// Half a year: a batch that takes longer is a cellar.
    static final int SLOTS_MAX = 180 * 86_400 / SLOT_SECONDS;
    private static final int COUNT_MAX = 255;

    private float[] medians = new float[0];
    private byte[] counts = new byte[0];
    private double newestSeconds = Double.NaN;

    static int of(double batchSeconds) {
        return (int) Math.floor(batchSeconds / SLOT_SECONDS);
    }

    /// One behind the last that holds anything.
    int end() {
        return medians.length;
    }

    boolean has(int slot) {
        return slot >= 0 && slot < medians.length && counts[slot] != 0;
    }

    /// The median of that half hour.
    double at(int slot) {
        return medians[slot];
    }

    int count(int slot) {
        return has(slot) ? counts[slot] & COUNT_MAX : 0;
    }

    /// When the newest reading was; NaN before the first.
    double newestSeconds() {
        return newestSeconds;
    }

    /// Takes the place of everything from that slot on. What is from before the yeast, or beyond half a year, is not of this batch; in
    /// which order readings come, and whether one comes twice, makes no difference.
    void replace(int from, List<Reading> readings) {
        int first = Math.max(0, from);
        var taken = readings.stream().filter(each -> isWithin(first, each))
                .sorted(java.util.Comparator.comparingDouble(Reading::batchSeconds)).distinct().toList();
        int end = taken.isEmpty() ? Math.min(first, medians.length) : of(taken.getLast().batchSeconds()) + 1;
        medians = Arrays.copyOf(medians, end);
        counts = Arrays.copyOf(counts, end);
        if (first < end) Arrays.fill(counts, first, end, (byte) 0);
        for (int at = 0; at < taken.size(); ) at = fill(taken, at);
        if (!taken.isEmpty()) newestSeconds = taken.getLast().batchSeconds();
    }

    private static boolean isWithin(int first, Reading reading) {
        int slot = of(reading.batchSeconds());
        return slot >= first && slot < SLOTS_MAX && reading.batchSeconds() >= 0;
    }

    private int fill(List<Reading> readings, int first) {
        int slot = of(readings.get(first).batchSeconds());
        int next = first;
        while (next < readings.size() && of(readings.get(next).batchSeconds()) == slot) next++;
        var values = readings.subList(first, next).stream().mapToDouble(Reading::value).toArray();
        medians[slot] = (float) TheilSen.median(values, values.length);
        counts[slot] = (byte) Math.min(COUNT_MAX, values.length);
        return next;
    }
}
