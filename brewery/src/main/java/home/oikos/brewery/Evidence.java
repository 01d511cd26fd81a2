package home.oikos.brewery;

import home.oikos.brewery.TheilSen.Line;
import java.time.Duration;
import java.util.Optional;

/// All that can be said of a batch at one instant. Spans end where the last usable reading is when the beer is cold, for a cold hydrometer
/// does not tell sugar; otherwise now. Slopes are in points a day, ages on the batch's time.
///
/// @param age since the yeast went in
/// @param silence since the newest reading of gravity; empty when there never was one
/// @param ahead whether readings lie in the future: somebody's clock jumped
/// @param covers how many of the expected readings there are
/// @param start gravity before the yeast, as this sensor sees it
/// @param level gravity now: the end of the line through the last window
/// @param slopes how fast gravity falls
/// @param celsius how warm it is
/// @param swing how far apart the coldest and the warmest half hour of the hold are; empty without a thermometer
/// @param cold whether it is colder than this yeast works
/// @param sinceLeap since the vessel was last moved
/// @param unsettled whether gravity leapt just now, nobody knows yet how far
/// @param disturbed whether the vessel was ever moved, or may have been
record Evidence(Duration age, Optional<Duration> silence, boolean ahead, Covers covers, double start, double level, double expected,
        Slopes slopes, Optional<Double> celsius, Optional<Double> swing, boolean cold, Optional<Duration> sinceLeap, boolean unsettled, boolean disturbed) {
    /// A first reading that late says nothing of the gravity before the yeast.
    private static final int START_SLOTS_MAX = 24 * 3_600 / Slots.SLOT_SECONDS;
    private static final int START_SPAN_SLOTS = 6 * 3_600 / Slots.SLOT_SECONDS;
    /// A sensor that lies further from the recipe measures another batch, or another unit.
    private static final double CALIBRATION_POINTS = 10;
    /// Readings so much in the future are no rounding.
    private static final double AHEAD_SECONDS = 600;

    /// @param recent of the last window, or since the first reading
    /// @param whole of window and hold
    /// @param twice of twice as long
    record Covers(Coverage recent, Coverage whole, Coverage twice) {
        private static Covers of(Trace trace, StallRule rule, int end, double periodSeconds) {
            int whole = rule.windowSlots() + rule.holdSlots();
            return new Covers(Coverage.of(trace, Math.max(first(trace), end - rule.windowSlots()), end, periodSeconds),
                    Coverage.of(trace, end - whole, end, periodSeconds), Coverage.of(trace, end - 2 * whole, end, periodSeconds));
        }
    }

    /// How fast gravity changes, in points a day; each is empty where there are too few readings.
    ///
    /// @param window the line through the last window
    /// @param day the hold, ending now
    /// @param earlier the same, ending one window ago
    /// @param far window and hold
    /// @param farther twice as long: three days
    record Slopes(Optional<Line> window, Optional<Double> day, Optional<Double> earlier, Optional<Double> far, Optional<Double> farther) {
        private static Slopes of(Trace trace, StallRule rule, int end) {
            int window = rule.windowSlots();
            int whole = window + rule.holdSlots();
            return new Slopes(trace.line(end - window, end), trace.slope(end - rule.holdSlots(), end), trace.slope(end - whole, end - window),
                    trace.slope(end - whole, end), trace.slope(end - 2 * whole, end));
        }
    }

    /// @param periodSeconds how often a reading is expected, on the batch's time
    static Evidence of(Trace trace, Recipe recipe, StallRule rule, double periodSeconds, double nowSeconds) {
        int now = Slots.of(nowSeconds) + 1;
        boolean cold = trace.isCold(now - 1);
        int end = cold ? lastUsable(trace, now) + 1 : now;
        double start = start(trace, recipe);
        var slopes = Slopes.of(trace, rule, end);
        double level = slopes.window().map(Line::end).orElseGet(() -> last(trace, end, start));
        return new Evidence(Duration.ofSeconds((long) nowSeconds), silence(trace, nowSeconds),
                trace.gravity().newestSeconds() > nowSeconds + AHEAD_SECONDS, Covers.of(trace, rule, end, periodSeconds), start, level,
                recipe.expected() * start / recipe.original(), slopes, trace.warmth(now - 1), swing(trace, end - rule.holdSlots(), end),
                        cold,
                sinceLeap(trace, nowSeconds), trace.isUnsettled(), trace.isDisturbed());
    }

    private static int first(Trace trace) {
        int slot = 0;
        while (slot < trace.gravity().end() && !trace.isUsable(slot)) slot++;
        return slot;
    }

    private static int lastUsable(Trace trace, int before) {
        int slot = Math.min(before, trace.gravity().end()) - 1;
        while (slot >= 0 && !trace.isUsable(slot)) slot--;
        return slot;
    }

    private static double last(Trace trace, int end, double start) {
        int slot = lastUsable(trace, end);
        return slot < 0 ? start : trace.points(slot);
    }

    /// What the sensor itself saw in the beginning, so that a hydrometer that lies two points high lies so at both ends.
    private static double start(Trace trace, Recipe recipe) {
        int first = first(trace);
        if (first > START_SLOTS_MAX) return recipe.original();
        var slots = trace.usable(first, first + START_SPAN_SLOTS);
        var values = java.util.Arrays.stream(slots).mapToDouble(trace::points).toArray();
        if (values.length == 0) return recipe.original();
        // Of a batch that began at once the highest of the first hours is the nearest to the truth; a median guards it from a glitch.
        double seen = Math.max(TheilSen.median(values, values.length), TheilSen.median(values, Math.min(values.length, 5)));
        return Math.abs(seen - recipe.original()) <= CALIBRATION_POINTS ? seen : recipe.original();
    }

    private static Optional<Duration> silence(Trace trace, double nowSeconds) {
        double newest = trace.gravity().newestSeconds();
        return Double.isNaN(newest) ? Optional.empty() : Optional.of(Duration.ofSeconds((long) Math.max(0, nowSeconds - newest)));
    }

    private static Optional<Double> swing(Trace trace, int from, int to) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int slot = Math.max(0, from); slot < to; slot++) {
            if (!trace.celsius().has(slot)) continue;
            least = Math.min(least, trace.celsius().at(slot));
            most = Math.max(most, trace.celsius().at(slot));
        }
        return most < least ? Optional.empty() : Optional.of(most - least);
    }

    private static Optional<Duration> sinceLeap(Trace trace, double nowSeconds) {
        var leaps = trace.leaps();
        return leaps.isEmpty() ? Optional.empty()
                : Optional.of(Duration.ofSeconds((long) nowSeconds - (long) leaps.getLast().slot() * Slots.SLOT_SECONDS));
    }

    /// The slope of the last window.
    Optional<Line> slope() {
        return slopes.window();
    }

    /// How many points are gone.
    double drop() {
        return start - level;
    }

    /// Apparent attenuation, from 0 to 1.
    double attenuation() {
        return drop() / start;
    }

    /// How much of what is expected to go is gone, from 0 to 1.
    double progress() {
        return progressAt(level);
    }

    /// The same, were gravity now this.
    double progressAt(double points) {
        return (start - points) / (start - expected);
    }

    /// Points that are still expected to go.
    double left() {
        return level - expected;
    }
}
