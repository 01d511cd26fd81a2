package home.oikos.brewery;

import home.oikos.api.Json;
import java.util.Optional;

/// What a batch should become.
///
/// @param original gravity in points before the yeast
/// @param expected gravity in points in the end
/// @param coldest of the yeast's limits, in degrees Celsius
record Recipe(String name, double original, double expected, double coldest, double warmest) {
    Recipe {
        if (!Units.isGravity(original)
                || original < 5) throw new IllegalArgumentException("originalGravity: expected a specific gravity such as 1.048");
        if (!Units.isGravity(expected)
                || expected >= original) throw new IllegalArgumentException("finalGravity: expected one below the original gravity");
        if (!(coldest >= 0 && warmest <= Units.CELSIUS_MAX && coldest < warmest)) {
            throw new IllegalArgumentException("yeast: expected 0 <= minimumCelsius < maximumCelsius <= 45; were these Fahrenheit?");
        }
    }

    /// @throws IllegalArgumentException when it makes no sense; the message says what was expected
    static Recipe read(Json recipe) {
        var yeast = recipe.at("yeast");
        double original = Units.points(decimal(recipe, "originalGravity"));
        double expected = recipe.at("finalGravity").isPresent() ? Units.points(decimal(recipe, "finalGravity"))
                : original * (1 - yeast.at("attenuationPercent").integer(75) / 100.0);
        return new Recipe(recipe.at("name").text(""), original, expected, decimal(yeast, "minimumCelsius"),
                decimal(yeast, "maximumCelsius"));
    }

    static double decimal(Json from, String name) {
        var written = from.at(name);
        double value = number(written)
                .orElseThrow(() -> new IllegalArgumentException(name + ": expected a decimal number in quotes, found " + written));
        if (!Double.isFinite(value)) throw new IllegalArgumentException(name + ": expected a finite number");
        return value;
    }

    private static Optional<Double> number(Json written) {
        try {
            return written.text().map(Double::parseDouble);
        } catch (NumberFormatException wrong) {
            return Optional.empty();
        }
    }

    /// What part of the sugar's points is expected to go.
    double attenuation() {
        return (original - expected) / original;
    }
}
