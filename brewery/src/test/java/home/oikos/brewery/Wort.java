package home.oikos.brewery;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A simulated batch of two weeks and its sensors, drawn from a seed: what really happens in the vessel is known here, and only here.
final class Wort {
    static final double DAYS = 14;
    private static final double STEP_DAYS = 1.0 / 96;

    /// What kinds of curves brewers show each other.
    enum Story { CLEAN, DIAUXIC, SLOW, LONG_LAG, INFECTED, COLD_CRASHED, CRASHED_EARLY, MOVED, GLITCHES, GAPS, SWINGING, STUCK,
            STUCK_AND_MOVED, STUCK_WITH_GLITCHES }

    final long seed;
    final Story story;
    final Recipe recipe;
    /// When it really stalls, in days; NaN when it never does.
    double stallDay = Double.NaN;
    /// Until when nobody can know, because the vessel was moved or readings are missing after the stall.
    double excusedDay;
    final List<Reading> gravities = new ArrayList<>();
    final List<Reading> temperatures = new ArrayList<>();
    final double periodSeconds;
    private final SplittableRandom random;
    private final double noise;

    Wort(long seed) {
        this(seed, Story.values()[(int) Math.floorMod(seed, (long) Story.values().length)]);
    }

    Wort(long seed, Story story) {
        this.seed = seed;
        this.story = story;
        this.random = new SplittableRandom(seed);
        double original = 40 + random.nextInt(35);
        this.recipe = new Recipe("", original, original * (0.2 + random.nextDouble() * 0.1), 17, 23);
        this.periodSeconds = random.nextBoolean() ? 900 : 1_800;
        this.noise = 0.1 + random.nextDouble() * 0.5;
        ferment();
    }

    boolean stalls() {
        return story.name().startsWith("STUCK");
    }

    private void ferment() {
        double points = recipe.original();
        double lag = story == Story.LONG_LAG ? 1.2 + random.nextDouble() * 1.5 : 0.3 + random.nextDouble() * 0.7;
        double appetite = story == Story.SLOW ? 0.13 + random.nextDouble() * 0.07 : 0.5 + random.nextDouble() * 0.9;
        double end = recipe.expected() + (random.nextDouble() - 0.5) * 2;
        double stuckAt = stalls() ? recipe.original() - (recipe.original() - recipe.expected()) * (0.3 + random.nextDouble() * 0.35) : -99;
        double pauseFrom = recipe.original() - (recipe.original() - recipe.expected()) * (0.4 + random.nextDouble() * 0.2);
        double pauseLeft = story == Story.DIAUXIC ? (6 + random.nextDouble() * 14) / 24 : 0;
        double yeast = 0.05;
        double crash = story == Story.COLD_CRASHED ? 9 + random.nextDouble() * 2 : story == Story.CRASHED_EARLY ? 2.5 + random.nextDouble()
                : 99;
        double celsius = 19.5;
        double moved = story == Story.MOVED ? 2 + random.nextDouble() * 9 : 99;
        double shift = (random.nextBoolean() ? 1 : -1) * (3 + random.nextDouble() * 6);
        double gapFrom = story == Story.GAPS ? 1 + random.nextDouble() * 8 : 99;
        double gapDays = 0.2 + random.nextDouble() * 1.8;
        double said = 0;
        for (double day = 0; day < DAYS; day += STEP_DAYS) {
            boolean cold = day > crash;
            celsius += ((cold ? 3 : 19.5) - celsius) * STEP_DAYS * 5;
            double warm = celsius + (story == Story.SWINGING ? 2.2 * Math.sin(day * 2 * Math.PI) : 0.2 * Math.sin(day * 9));
            if (day > lag) yeast = Math.min(1, yeast * (1 + 8 * STEP_DAYS) + 0.002);
            boolean paused = points < pauseFrom && pauseLeft > 0;
            if (paused) pauseLeft -= STEP_DAYS;
            double rate = day < lag || paused || warm < 8 ? 0
                    : appetite * yeast * Math.max(0, points - end) * Math.pow(2, (warm - 19.5) / 8);
            if (story == Story.SLOW) rate = Math.max(0, Math.min(rate, 6));
            if (points <= stuckAt) {
                rate = 0;
                if (Double.isNaN(stallDay)) stalled(day);
            }
            if (story == Story.INFECTED && day > 7) rate += 0.4 + 0.3 * random.nextDouble();
            points -= rate * STEP_DAYS;
            if (story == Story.STUCK_AND_MOVED && !Double.isNaN(stallDay) && moved > DAYS && day > stallDay + 0.5) {
                moved = day;
                excusedDay = day + 1.5;
            }
            boolean gap = day > gapFrom && day < gapFrom + gapDays || random.nextDouble() < 0.03;
            if (day * 86_400 - said < periodSeconds - 1 || gap) continue;
            said = day * 86_400;
            double foam = cold ? 9 * Math.min(1, (19.5 - celsius) / 15) : 0;
            say(said + random.nextDouble() * 60, points + foam + (day > moved ? shift : 0) + random.nextGaussian() * noise, warm
                    + random.nextGaussian() * 0.1);
        }
    }

    private void stalled(double day) {
        stallDay = day;
        excusedDay = 0;
    }

    private void say(double seconds, double points, double celsius) {
        boolean glitch = (story == Story.GLITCHES || story == Story.STUCK_WITH_GLITCHES) && random.nextDouble() < 0.06;
        gravities.add(new Reading(seconds, glitch ? random.nextDouble() * 120 - 15 : points));
        temperatures.add(new Reading(seconds, celsius));
    }

    /// What was heard between two instants, in seconds of the batch.
    static List<Reading> heard(List<Reading> all, double from, double to) {
        return all.stream().filter(each -> each.batchSeconds() >= from && each.batchSeconds() < to).toList();
    }
}
