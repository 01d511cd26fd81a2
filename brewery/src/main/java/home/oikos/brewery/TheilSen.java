package home.oikos.brewery;

import java.util.Arrays;

/// A straight line through readings: the median of the slopes of all pairs (Theil 1950, Sen 1968). Up to 29 % of the readings may be
/// anything at all (foam on the sensor, a knock, a wrong decimal) without moving it, it has nothing to tune, and its interval needs no
/// assumption about the noise. Least squares is moved by a single reading of 0; RANSAC is chance; a filter's lag would be a guess.
final class TheilSen {
    /// Half the width of the interval in standard deviations: 90 % of true slopes lie within.
    private static final double Z = 1.645;
    /// Fewer make no line that could be believed.
    static final int SAMPLES_MIN = 5;

    private TheilSen() { }

    /// @param slope in units of y per unit of x
    /// @param least the slope's interval
    /// @param end the line's value at the last x
    record Line(double slope, double least, double most, double end, int samples) {
        Line {
            if (!(least <= slope && slope <= most)) throw new IllegalArgumentException("slope %s outside %s..%s".formatted(slope, least,
                    most));
        }
    }

    /// @param x rising strictly
    static Line through(double[] x, double[] y) {
        var slopes = slopes(x, y);
        double slope = middle(slopes);
        int n = x.length;
        // Kendall's variance tells how many ranks the true slope may lie from the middle.
        double ranks = Z * Math.sqrt(n * (n - 1.0) * (2.0 * n + 5) / 18) / 2;
        int low = (int) Math.max(0, Math.floor(slopes.length / 2.0 - ranks));
        int high = (int) Math.min(slopes.length - 1, Math.ceil(slopes.length / 2.0 + ranks));
        double least = Selection.place(slopes, 0, slopes.length / 2, low);
        double most = Selection.place(slopes, slopes.length / 2, slopes.length - 1, high);
        return new Line(slope, least, most, end(x, y, slope), n);
    }

    /// The slope of that line alone.
    static double slope(double[] x, double[] y) {
        return middle(slopes(x, y));
    }

    private static double[] slopes(double[] x, double[] y) {
        int n = x.length;
        if (n < 2) throw new IllegalArgumentException("a line needs two readings, found " + n);
        var slopes = new double[n * (n - 1) / 2];
        int at = 0;
        for (int i = 0; i < n; i++) for (int j = i + 1; j < n; j++) slopes[at++] = (y[j] - y[i]) / (x[j] - x[i]);
        return slopes;
    }

    /// The median; smaller ones stand before the middle afterwards, greater ones behind it.
    private static double middle(double... values) {
        int middle = values.length / 2;
        double upper = Selection.place(values, 0, values.length - 1, middle);
        if (values.length % 2 == 1) return upper;
        return (Selection.place(values, 0, middle - 1, middle - 1) + upper) / 2;
    }

    private static double end(double[] x, double[] y, double slope) {
        var ends = new double[x.length];
        double last = x[x.length - 1];
        for (int i = 0; i < x.length; i++) ends[i] = y[i] + slope * (last - x[i]);
        return median(ends, x.length);
    }

    static double median(double[] values, int count) {
        Arrays.sort(values, 0, count);
        return count % 2 == 1 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
    }
}
