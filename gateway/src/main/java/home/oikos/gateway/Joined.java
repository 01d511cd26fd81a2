package home.oikos.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/// One property that several sensors say: their median, without those that stand alone. Belongs to [House] and its thread.
final class Joined {
    /// Sensors of one property; beyond it the one that was silent the longest is forgotten.
    static final int SOURCES_MAX = 64;
    /// How many times the usual distance from the median is too far; 3.5 is Iglewicz and Hoaglin's advice.
    private static final double FAR = 3.5;
    /// The median of the distances as a standard deviation.
    private static final double SIGMA = 1.4826;

    private final Map<String, Said> said = new LinkedHashMap<>();

    private record Said(double value, Instant at) { }

    /// What all of them say together once one of them has said this.
    ///
    /// @param within how long a word counts
    /// @param least distances up to this are no distance
    double take(String source, double value, Duration within, double least, Instant now) {
        said.remove(source);
        said.put(source, new Said(value, now));
        said.values().removeIf(old -> old.at().plus(within).isBefore(now));
        if (said.size() > SOURCES_MAX) said.remove(said.keySet().iterator().next());
        return of(said.values().stream().mapToDouble(Said::value).sorted().boxed().toList(), least);
    }

    int sources() {
        return said.size();
    }

    /// @param values sorted, at least one
    static double of(List<Double> values, double least) {
        double middle = median(values);
        double usual = median(distances(values, middle).sorted().boxed().toList()) * SIGMA;
        double far = Math.max(FAR * usual, least);
        return median(values.stream().filter(value -> Math.abs(value - middle) <= far).toList());
    }

    private static DoubleStream distances(List<Double> values, double from) {
        return values.stream().mapToDouble(value -> Math.abs(value - from));
    }

    private static double median(List<Double> sorted) {
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
