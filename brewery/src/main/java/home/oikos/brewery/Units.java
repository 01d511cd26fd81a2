package home.oikos.brewery;

import java.util.Locale;

/// The brewer's units. Inside, gravity is in points: a specific gravity of 1.048 is 48.
final class Units {
    /// Points that gravity takes in a vessel with anything fermentable in it or eaten from it, with room for foam on the sensor.
    private static final double POINTS_MIN = -20;
    private static final double POINTS_MAX = 200;
    static final double CELSIUS_MIN = -5;
    static final double CELSIUS_MAX = 45;

    private Units() { }

    static double points(double gravity) {
        return (gravity - 1) * 1_000;
    }

    static double gravity(double points) {
        return 1 + points / 1_000;
    }

    /// After the usual cubic's simple form, good to a tenth of a point up to 30 degrees Plato.
    static double pointsOfPlato(double plato) {
        return points(1 + plato / (258.6 - plato / 258.2 * 227.1));
    }

    static double celsiusOfFahrenheit(double fahrenheit) {
        return (fahrenheit - 32) / 1.8;
    }

    static double fahrenheit(double celsius) {
        return celsius * 1.8 + 32;
    }

    /// NaN is neither.
    static boolean isGravity(double points) {
        return points >= POINTS_MIN && points <= POINTS_MAX;
    }

    static boolean isBeer(double celsius) {
        return celsius >= CELSIUS_MIN && celsius <= CELSIUS_MAX;
    }

    /// Alcohol by volume in percent: the brewers' rule of thumb, 131 per unit of specific gravity.
    static double abv(double original, double now) {
        return Math.max(0, original - now) * 0.13125;
    }

    /// `1.0183`: four digits, as a floating hydrometer can tell.
    static String sg(double points) {
        return String.format(Locale.ROOT, "%.4f", gravity(points));
    }

    static String one(double value) {
        var text = String.format(Locale.ROOT, "%.1f", value);
        return text.equals("-0.0") ? "0.0" : text;
    }
}
