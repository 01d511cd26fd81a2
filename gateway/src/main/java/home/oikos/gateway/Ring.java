package home.oikos.gateway;

import java.util.ArrayList;
import java.util.List;

/// The last readings of one series. Not for several threads at once.
final class Ring {
    /// An hour of one reading every four seconds; 16 KB when full. It grows by doubling, for most series say little.
    static final int SAMPLES_MAX = 1_024;
    private static final int SAMPLES_FIRST = 16;

    private long[] millis = new long[SAMPLES_FIRST];
    private double[] values = new double[SAMPLES_FIRST];
    private int start;
    private int size;

    void add(Sample sample) {
        if (size == millis.length && size < SAMPLES_MAX) grow();
        int at = (start + size) % millis.length;
        millis[at] = sample.millis();
        values[at] = sample.value();
        if (size < millis.length) size++;
        else start = (start + 1) % millis.length;
    }

    private void grow() {
        var samples = samples();
        millis = new long[size * 2];
        values = new double[size * 2];
        start = 0;
        for (int i = 0; i < samples.size(); i++) {
            millis[i] = samples.get(i).millis();
            values[i] = samples.get(i).value();
        }
    }

    List<Sample> samples() {
        var samples = new ArrayList<Sample>(size);
        for (int i = 0; i < size; i++) samples.add(at(i));
        return samples;
    }

    Sample last() {
        return at(size - 1);
    }

    private Sample at(int index) {
        int place = (start + index) % millis.length;
        return new Sample(millis[place], values[place]);
    }
}
