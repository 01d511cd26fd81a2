package home.oikos.brewery;

import home.oikos.brewery.TheilSen.Line;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// The phase that follows from evidence, why, and what it would take to know more. [#of] is total: every evidence has one verdict, and the
/// first line of this table that fits is it.
///
/// | evidence | phase |
/// |---|---|
/// | no reading; readings from the future | Unknown |
/// | colder than the yeast works | Done or Conditioning when it was made before, else Unknown: a cold hydrometer tells no sugar |
/// | silent for too long | Done or Conditioning when it was made before, else Unknown |
/// | too few readings | Unknown |
/// | gravity leapt just now, or rises | Unknown |
/// | fell less than [StallRule#minimumDrop] | Lag, or Active when it surely falls |
/// | 90 % of what is expected is gone and flat for the hold | Conditioning, or Done |
/// | falls by a point a day or more; or not long enough flat | Active |
/// | flat, and something could still explain it (moved, unsteady or unknown temperature, readings missing) | Unknown |
/// | flat for window and hold, nothing explains it | Stalled |
///
/// @param missing what is missing; empty unless the phase is Unknown
/// @param moves whether it surely falls, which is more than not being flat
record Verdict(Phase phase, String note, String missing, boolean moves) {
    /// What still counts as moving, in points a day.
    static final double FLAT = 1;
    /// Of what is expected must be gone for a batch to count as made: forum rule, 90 % of the yeast's rating.
    static final double MADE = 0.9;
    /// Warmest and coldest of the hold may be so far apart: 1 degree to either side.
    static final double STEADY_CELSIUS = 2;
    /// A batch that would need longer for the rest, at the speed it has, stands still for all its brewer cares.
    static final double REST_DAYS_MAX = 14;
    /// So near the end a slow finish and a stall look alike for a day and a half; three days tell them apart.
    static final double NEAR_POINTS = 9;
    /// What looked like a leap may have been glitches, and a small one may have gone unseen: then all that follows is off by as much as makes a leap.
    static final double LEAP_ERROR_POINTS = 1.5 * Trace.LEAP_POINTS;
    private static final Duration SILENCE_MIN = Duration.ofHours(3);
    private static final Duration DONE_AFTER = Duration.ofHours(72);
    private static final Duration LAG_MAX = Duration.ofHours(72);
    private static final double SURE_DROP = 2;

    private Verdict(Phase phase, String note, String missing) {
        this(phase, note, missing, false);
    }

    static Verdict of(Evidence seen, StallRule rule, boolean profileOver) {
        if (seen.silence().isEmpty()) return unknown("nothing was heard from the hydrometer yet", "a first reading of gravity");
        if (seen.ahead()) return unknown("the newest reading lies in the future: a clock jumped", "clocks that agree");
        if (seen.cold()) return cold(seen, profileOver);
        if (seen.silence().get().compareTo(SILENCE_MIN) > 0
                && seen.silence().get().compareTo(rule.window().dividedBy(4)) >= 0) return silent(seen);
        return heard(seen, rule, profileOver);
    }

    private static Verdict cold(Evidence seen, boolean profileOver) {
        var at = "%s °C: too cold for this yeast; gravity is that from before".formatted(degrees(seen));
        if (isMade(seen)) return new Verdict(profileOver ? Phase.Done : Phase.Conditioning, at + ", " + eaten(seen), "");
        return unknown(at + ", and it was not made then: " + eaten(seen), "a temperature within the yeast's limits");
    }

    private static Verdict silent(Evidence seen) {
        var since = "nothing was heard from the hydrometer for " + span(seen.silence().orElseThrow());
        return isMade(seen) ? new Verdict(Phase.Done, since + "; it was made by then, " + eaten(seen), "")
                : unknown(since, "a newer reading of gravity");
    }

    private static Verdict heard(Evidence seen, StallRule rule, boolean profileOver) {
        if (!seen.covers().recent().reaches(rule.minimumSamples())) {
            return unknown("%s in the last %s".formatted(seen.covers().recent(), span(rule.window())),
                    "at least %.0f %% of the readings".formatted(rule.minimumSamples() * 100));
        }
        if (seen.unsettled()) return unknown("gravity leapt just now; was the vessel moved?", "some hours of readings after the leap");
        if (seen.slope().isPresent() && seen.slope().get().least() > FLAT) {
            return unknown("gravity rises by %s points a day, which sugar does not".formatted(Units.one(seen.slope().get().slope())),
                    "a gravity that makes sense");
        }
        if (seen.drop() < rule.minimumDrop()) return beginning(seen);
        if (seen.progress() >= MADE) return ending(seen, profileOver);
        return under(seen, rule);
    }

    private static Verdict beginning(Evidence seen) {
        boolean falls = seen.drop() >= SURE_DROP && seen.slope().filter(line -> line.most() < -FLAT).isPresent();
        if (falls) return new Verdict(Phase.Active, "it begins: " + falling(seen), "", true);
        var late = seen.age().compareTo(LAG_MAX) > 0 ? "; that is long: is the yeast alive?" : "";
        return new Verdict(Phase.Lag, "gravity has hardly moved %s after the yeast went in%s".formatted(span(seen.age()), late), "");
    }

    private static Verdict ending(Evidence seen, boolean profileOver) {
        if (!isFlat(seen.slopes().day())) return new Verdict(Phase.Active, eaten(seen) + " and still " + falling(seen), "");
        boolean still = seen.slopes().farther().filter(slope -> Math.abs(slope) < FLAT / 2).isPresent()
                && seen.age().compareTo(DONE_AFTER) > 0;
        var flat = "%s, and flat for a day".formatted(eaten(seen));
        return new Verdict(still && profileOver ? Phase.Done : Phase.Conditioning, flat, "");
    }

    private static Verdict under(Evidence seen, StallRule rule) {
        if (seen.slope().filter(line -> line.slope() <= -FLAT && line.most() < 0).isPresent()) {
            return new Verdict(Phase.Active, falling(seen) + "; " + eaten(seen), "", true);
        }
        if (seen.slope().isEmpty()) return new Verdict(Phase.Active, eaten(seen), "");
        if (seen.age().compareTo(rule.hold()) < 0 || !isFlat(seen.slopes().day()) || !isFlat(seen.slopes().earlier()) || !crawls(seen)) {
            return new Verdict(Phase.Active, "it slows, %s; %s".formatted(falling(seen), eaten(seen)), "");
        }
        return flat(seen, rule);
    }

    /// It stands still above where it should be. Only when nothing else explains it is it a stall.
    private static Verdict flat(Evidence seen, StallRule rule) {
        var at = "flat at %s, %s".formatted(Units.sg(seen.level()), eaten(seen));
        var whole = rule.window().plus(rule.hold());
        if (seen.sinceLeap().filter(since -> since.compareTo(rule.hold()) < 0).isPresent()) {
            return unknown(at + ", but the vessel was moved " + span(seen.sinceLeap().get()) + " ago", span(rule.hold())
                    + " of readings after that");
        }
        if (seen.disturbed() && seen.progressAt(seen.level() - LEAP_ERROR_POINTS) >= MADE) {
            return unknown(at + ", but gravity once leapt, and by how much is not known so well that near the end", "a gravity measured by hand");
        }
        if (!seen.covers().whole().reaches(rule.minimumSamples())) {
            return unknown("%s, but only %s in %s".formatted(at, seen.covers().whole(), span(whole)),
                    "%.0f %% of the readings".formatted(rule.minimumSamples() * 100));
        }
        if (seen.swing().isEmpty() || seen.celsius().isEmpty()) return unknown(at + ", but nobody knows how warm it is", "a temperature");
        if (seen.swing().get() > STEADY_CELSIUS) {
            return unknown("%s, but the temperature swung by %s °C".formatted(at, Units.one(seen.swing().get())),
                    "a day of steady temperature");
        }
        return new Verdict(Phase.Stalled,
                "%s; %s over %s, %s, steady at %s °C".formatted(at, falling(seen), span(whole), seen.covers().whole(), degrees(seen)), "");
    }

    /// Whether the rest would take unbearably long at this speed.
    private static boolean crawls(Evidence seen) {
        double bearable = -Math.min(FLAT, Math.max(0, seen.left()) / REST_DAYS_MAX);
        var slope = seen.left() < NEAR_POINTS ? seen.slopes().farther() : seen.slopes().far();
        boolean longEnough = seen.left() >= NEAR_POINTS || seen.covers().twice().reaches(0.5);
        return longEnough && slope.filter(over -> over > bearable).isPresent();
    }

    private static boolean isFlat(Optional<Double> slope) {
        return slope.filter(over -> Math.abs(over) < FLAT).isPresent();
    }

    private static boolean isMade(Evidence seen) {
        return seen.progress() >= MADE && isFlat(seen.slopes().day().isPresent() ? seen.slopes().day() : seen.slope().map(Line::slope));
    }

    /// The same, with what is wrong with the sensor where nothing could be known for it.
    Verdict explained(String complaint) {
        return phase != Phase.Unknown || complaint.isEmpty() ? this : unknown(complaint, "a gravity that makes sense");
    }

    private static Verdict unknown(String note, String missing) {
        return new Verdict(Phase.Unknown, note, missing);
    }

    private static String eaten(Evidence seen) {
        return "%.0f %% of what is expected is gone".formatted(seen.progress() * 100);
    }

    private static String falling(Evidence seen) {
        var slope = seen.slope().map(Line::slope).orElse(0.0);
        if (slope > -0.05 && slope < 0.05) return "no change a day";
        return "%s points a day %s".formatted(Units.one(Math.abs(slope)), slope < 0 ? "down" : "up");
    }

    private static String degrees(Evidence seen) {
        return seen.celsius().map(Units::one).orElse("?");
    }

    static String span(Duration time) {
        if (time.compareTo(Duration.ofHours(2)) < 0) return time.toMinutes() + " min";
        if (time.compareTo(Duration.ofHours(49)) < 0) return time.toHours() + " h";
        return String.format(Locale.ROOT, "%.1f d", time.toHours() / 24.0).replace(".0 ", " ");
    }
}
