package home.oikos.brewery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What a batch's sensors have said since the yeast went in, on the batch's own time. Knows when the vessel was moved, and takes such a
/// leap out of what comes after it: gravity falls little by little, a hydrometer that was knocked leaps. Not for several threads at once.
final class Trace {
    /// A leap of gravity that no yeast makes within two hours; a median of four half hours is good to a third of a point.
    static final double LEAP_POINTS = 2.5;
    /// What is less may be a leap all the same, hidden by noise and by beer that falls meanwhile: a median of fourteen half hours is good to a
    /// sixth of it.
    private static final double DOUBT_POINTS = 1.5;
    /// Beer is as warm as it was, for so long after its thermometer last spoke.
    private static final int TEMPERATURE_SLOTS = 12;
    private static final int SIDE_SLOTS = 6;
    private static final int SIDE_ENTRIES = 5;
    private static final int WIDE_ENTRIES = 14;
    private static final double WIDE_SHARE = 0.8;
    private static final double LEVEL_SHARE = 0.75;
    private static final int GAP_SLOTS_MAX = 128;
    /// A span of more half hours is thinned out before its pairs are counted: 72 of them make 2,556 pairs, 144 would make four times as
    /// many.
    private static final int LINE_SLOTS_MAX = 72;
    private static final int SLOPE_SLOTS = 12;
    private static final int NEVER = -1;
    private static final double DAY_SLOTS = 86_400.0 / Slots.SLOT_SECONDS;

    private final Slots gravity = new Slots();
    private final Slots celsius = new Slots();
    private final double coldBelow;
    private final List<Leap> leaps = new ArrayList<>();
    private int settled;
    private int doubtful = NEVER;

    /// Gravity leapt at that half hour by so many points.
    record Leap(int slot, double points) { }

    /// @param coldBelow readings of gravity below so many degrees tell of yeast and carbon dioxide, not of sugar (1.011 reads 1.020)
    Trace(double coldBelow) {
        this.coldBelow = coldBelow;
    }

    Slots gravity() {
        return gravity;
    }

    Slots celsius() {
        return celsius;
    }

    List<Leap> leaps() {
        return List.copyOf(leaps);
    }

    /// Takes in readings from that half hour on; earlier ones stay.
    void take(int from, List<Reading> gravities, List<Reading> temperatures) {
        gravity.replace(from, gravities);
        celsius.replace(from, temperatures);
        leaps.removeIf(leap -> leap.slot() >= from);
        if (doubtful >= from) doubtful = NEVER;
        settled = Math.min(settled, Math.max(0, from));
        settle();
    }

    /// The temperature of a half hour, or the last one known a little before it.
    Optional<Double> warmth(int slot) {
        for (int at = slot; at > slot - TEMPERATURE_SLOTS && at >= 0; at--) if (celsius.has(at)) return Optional.of(celsius.at(at));
        return Optional.empty();
    }

    boolean isCold(int slot) {
        return warmth(slot).filter(degrees -> degrees < coldBelow).isPresent();
    }

    /// Whether that half hour says something about the sugar that is left.
    boolean isUsable(int slot) {
        return gravity.has(slot) && !isCold(slot);
    }

    /// Gravity in points as if the vessel had never been moved.
    double points(int slot) {
        double points = gravity.at(slot);
        for (var leap : leaps) if (leap.slot() <= slot) points -= leap.points();
        return points;
    }

    /// The usable half hours of a span, the later one left out.
    int[] usable(int from, int to) {
        var found = new int[Math.max(0, to - Math.max(0, from))];
        int count = 0;
        for (int slot = Math.max(0, from); slot < to; slot++) if (isUsable(slot)) found[count++] = slot;
        return Arrays.copyOf(found, count);
    }

    /// The line through a span, in points a day; empty when there is too little.
    Optional<TheilSen.Line> line(int from, int to) {
        var slots = thinned(usable(from, to));
        return slots.length < TheilSen.SAMPLES_MIN ? Optional.empty() : Optional.of(TheilSen.through(days(slots), values(slots)));
    }

    /// The slope of that line alone, which is cheaper.
    Optional<Double> slope(int from, int to) {
        var slots = thinned(usable(from, to));
        return slots.length < TheilSen.SAMPLES_MIN ? Optional.empty() : Optional.of(TheilSen.slope(days(slots), values(slots)));
    }

    private static int[] thinned(int... slots) {
        int step = (slots.length + LINE_SLOTS_MAX - 1) / LINE_SLOTS_MAX;
        return step <= 1 ? slots : Arrays.stream(slots).filter(slot -> slot % step == 0).toArray();
    }

    private static double[] days(int... slots) {
        return Arrays.stream(slots).mapToDouble(slot -> slot / DAY_SLOTS).toArray();
    }

    private double[] values(int... slots) {
        return Arrays.stream(slots).mapToDouble(this::points).toArray();
    }

    /// Looks for leaps where enough is known on both sides.
    private void settle() {
        int ready = gravity.end() - 2 * WIDE_ENTRIES;
        for (; settled < ready; settled++) {
            if (leap(settled) == 0) {
                if (doubtful == NEVER && leap(settled, WIDE_ENTRIES) >= DOUBT_POINTS) doubtful = settled;
                continue;
            }
            int at = sharpest(settled);
            leaps.add(new Leap(at, leap(at)));
            settled = at + SIDE_SLOTS;
        }
    }

    /// Whether it leapt, or rose a little once, which it does not by itself: then nobody knows quite how high it is.
    boolean isDisturbed() {
        return !leaps.isEmpty() || doubtful != NEVER;
    }

    private int sharpest(int from) {
        int best = from;
        for (int slot = from; slot < from + SIDE_SLOTS; slot++) if (Math.abs(leap(slot)) > Math.abs(leap(best))) best = slot;
        return best;
    }

    /// Whether something leapt so lately that it is not known yet how far.
    boolean isUnsettled() {
        for (int slot = Math.max(settled, 1); slot < gravity.end(); slot++) if (leap(slot) != 0) return true;
        return false;
    }

    /// How far gravity leaps at the beginning of that half hour, beyond what the slopes before and after it explain; 0 where too little is
    /// known. Seen from near, where it is sharp, and from further away, where two glitches in a row no longer look like one: the lesser
    /// counts.
    private double leap(int slot) {
        double near = leap(slot, SIDE_ENTRIES);
        if (Math.abs(near) < LEAP_POINTS) return 0;
        double wide = leap(slot, WIDE_ENTRIES);
        if (near * wide <= 0 || Math.abs(wide) < WIDE_SHARE * LEAP_POINTS) return 0;
        double reach = Math.abs(wide) / 2;
        if (!isLevel(fall(slot - SLOPE_SLOTS, slot), reach, before(slot, WIDE_ENTRIES))) return 0;
        if (!isLevel(fall(slot, slot + SLOPE_SLOTS), reach, after(slot, WIDE_ENTRIES))) return 0;
        return Math.abs(wide) < Math.abs(near) ? wide : near;
    }

    /// Whether most of them lie together, as gravity does. The middle of many glitches is a number like any other, but nothing lies around it.
    private boolean isLevel(double slope, double reach, int... slots) {
        double middle = middle(slots);
        double centre = centre(slots);
        long near = Arrays.stream(slots).filter(slot -> Math.abs(points(slot) - middle - slope * (slot - centre) / DAY_SLOTS) <= reach).count();
        return near >= LEVEL_SHARE * slots.length;
    }

    private double leap(int slot, int entries) {
        var before = before(slot, entries);
        var after = after(slot, entries);
        int least = least(entries);
        if (before.length < least || after.length < least) return 0;
        double leap = middle(after) - middle(before);
        // Across a gap gravity may have fallen by any amount; risen it cannot have.
        if (before[0] < slot - 2 * entries) return Math.max(0, leap);
        double days = (centre(after) - centre(before)) / DAY_SLOTS;
        double one = fall(slot - SLOPE_SLOTS, slot);
        double other = fall(slot, slot + SLOPE_SLOTS);
        return leap - Math.clamp(leap, Math.min(one, other) * days, Math.max(one, other) * days);
    }

    private int[] before(int slot, int entries) {
        for (int reach = 2 * entries; reach <= GAP_SLOTS_MAX; reach *= 4) {
            var found = usable(slot - reach, slot);
            if (found.length >= least(entries)) return Arrays.copyOfRange(found, Math.max(0, found.length - entries), found.length);
        }
        return new int[0];
    }

    private static int least(int entries) {
        return entries * 3 / 5;
    }

    private int[] after(int slot, int entries) {
        var found = usable(slot, slot + 2 * entries);
        return Arrays.copyOf(found, Math.min(entries, found.length));
    }

    /// How fast gravity falls. It never rises by itself: glitches that look like a rise explain nothing.
    private double fall(int from, int to) {
        return Math.min(0, slope(from, to).orElse(0.0));
    }

    private double middle(int... slots) {
        return TheilSen.median(values(slots), slots.length);
    }

    private static double centre(int... slots) {
        return Arrays.stream(slots).average().orElse(0);
    }
}
