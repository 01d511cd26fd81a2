package home.oikos.brewery;

import home.oikos.api.JsonObject;
import home.oikos.brewery.TheilSen.Line;
import home.oikos.controller.Times;
import java.time.Duration;
import java.util.Optional;

/// The figures of a batch as status tells them: each with the newest reading behind it, how many there are and over how long. Pure.
final class Figures {
    private static final double SLOWEST = 0.1;
    private static final double RUNS = 0.3;
    private static final int DAYS_MAX = 60;

    private Figures() { }

    static JsonObject of(Evidence seen, Trace trace, StallRule rule, BatchClock clock, Optional<Double> target) {
        if (seen.silence().isEmpty()) return JsonObject.EMPTY;
        var behind = JsonObject.of("observedTime", Times.text(clock.instant(trace.gravity().newestSeconds())), "samples",
                seen.covers().recent().samples(),
                "expectedSamples", seen.covers().recent().expected(), "windowSeconds", rule.window().toSeconds());
        var figures = JsonObject.of("gravity", behind.with("value", Units.sg(seen.level())),
                "attenuation", behind.with("value", Units.one(Math.max(0, seen.attenuation()) * 100)),
                "abv", behind.with("value", Units.one(Units.abv(seen.start(), seen.level()))));
        if (seen.slope().isPresent()) figures = figures.with("slope", interval(behind, seen.slope().get()));
        if (seen.celsius().isPresent()) figures = figures.with("temperature", temperature(trace, seen.celsius().get(), clock));
        var left = remaining(seen);
        if (left.isPresent()) figures = figures.with("remaining", left.get().json(behind));
        return figures.with("display", display(seen, target, left));
    }

    private static JsonObject interval(JsonObject behind, Line line) {
        return behind.with("value", Units.one(line.slope())).with("least", Units.one(line.least())).with("most", Units.one(line.most()));
    }

    private static JsonObject temperature(Trace trace, double celsius, BatchClock clock) {
        return JsonObject.of("value", Units.one(celsius), "observedTime", Times.text(clock.instant(trace.celsius().newestSeconds())));
    }

    private static JsonObject display(Evidence seen, Optional<Double> target, Optional<Remaining> left) {
        var warmth = seen.celsius().map(Units::one).orElse("?");
        return JsonObject.of("gravity", Units.sg(seen.level()).substring(0, 5), "slope",
                seen.slope().map(line -> Units.one(line.slope())).orElse("?"),
                "attenuation", "%.0f %%".formatted(Math.max(0, seen.attenuation()) * 100), "abv",
                        Units.one(Units.abv(seen.start(), seen.level())) + " %",
                "temperature", target.map(wanted -> warmth + " of " + Units.one(wanted)).orElse(warmth) + " °C",
                "remaining", left.map(Remaining::words).orElse("-"));
    }

    /// Days until gravity is within a point of what is expected.
    record Remaining(double days, double least, double most) {
        JsonObject json(JsonObject behind) {
            return behind.with("value", seconds(days)).with("least", seconds(least)).with("most", seconds(most));
        }

        private static String seconds(double days) {
            return Long.toString(Duration.ofHours(Math.round(days * 24)).toSeconds());
        }

        String words() {
            if (most >= DAYS_MAX) return "at least " + whole(least);
            return whole(least).equals(whole(most)) ? whole(most) : "%s to %s".formatted(whole(least).replace(" d", ""), whole(most));
        }

        private static String whole(double days) {
            return Math.max(1, Math.round(days)) + " d";
        }
    }

    /// Yeast eats a share of what is left: the rest falls off as it does now, so the time is the logarithm of what is left over that share.
    /// The interval is that of the slope.
    static Optional<Remaining> remaining(Evidence seen) {
        var line = seen.slope().filter(over -> over.slope() < -RUNS && over.most() < 0);
        if (line.isEmpty() || seen.left() <= 1 || seen.cold()) return Optional.empty();
        double points = Math.log(seen.left()) * seen.left();
        return Optional.of(new Remaining(days(points, line.get().slope()), days(points, line.get().least()),
                days(points, line.get().most())));
    }

    private static double days(double points, double slope) {
        return Math.min(DAYS_MAX, points / Math.max(SLOWEST, -slope));
    }
}
