package home.oikos.gateway;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/// The units that sensors of a home speak in where the model wants another: temperature, gravity of a wort, a gas in the air. Pure.
final class Units {
    /// Air at 25 °C and one atmosphere: litres that a mole of gas takes.
    private static final double MOLE_LITRES = 24.45;
    /// Conversion leaves noise in the last digits; no sensor has so many.
    private static final double STEPS = 1e6;

    /// What a concentration is of, as the API spells it.
    enum Substance {
        /// Lower explosive limit 3.3 %: NIOSH Pocket Guide 0262.
        Ethanol(46.07, 33_000), CarbonDioxide(44.01, Double.NaN), None(Double.NaN, Double.NaN);

        private final double gramsPerMole;
        private final double explosivePpm;

        Substance(double gramsPerMole, double explosivePpm) {
            this.gramsPerMole = gramsPerMole;
            this.explosivePpm = explosivePpm;
        }

        static Substance of(String word) {
            for (var substance : values()) if (substance.name().equals(word)) return substance;
            return None;
        }
    }

    private enum Quantity { TEMPERATURE, GRAVITY, CONCENTRATION }

    /// A unit by its way to the base unit of its quantity (°C, SG, ppm) and back.
    private record Unit(Quantity quantity, DoubleUnaryOperator toBase, DoubleUnaryOperator fromBase) { }

    private static final Unit CELSIUS = new Unit(Quantity.TEMPERATURE, c -> c, c -> c);
    private static final Unit FAHRENHEIT = new Unit(Quantity.TEMPERATURE, f -> (f - 32) / 1.8, c -> c * 1.8 + 32);
    private static final Unit KELVIN = new Unit(Quantity.TEMPERATURE, k -> k - 273.15, c -> c + 273.15);
    private static final Unit SPECIFIC = new Unit(Quantity.GRAVITY, sg -> sg, sg -> sg);
    private static final Unit PLATO = new Unit(Quantity.GRAVITY, Units::fromPlato, Units::toPlato);
    private static final Unit PPM = new Unit(Quantity.CONCENTRATION, ppm -> ppm, ppm -> ppm);

    private static final Map<String, Unit> BY_NAME = Map.ofEntries(Map.entry("c", CELSIUS), Map.entry("celsius", CELSIUS), Map.entry("f", FAHRENHEIT),
            Map.entry("fahrenheit", FAHRENHEIT), Map.entry("k", KELVIN), Map.entry("kelvin", KELVIN), Map.entry("sg", SPECIFIC), Map.entry("g", SPECIFIC),
            Map.entry("p", PLATO), Map.entry("plato", PLATO), Map.entry("ppm", PPM));

    private Units() { }

    /// A value in another unit; empty when there is no way from the one to the other.
    static Optional<Double> convert(double value, String from, String to, Substance substance) {
        var source = unit(from, substance);
        var target = unit(to, substance);
        if (plain(from).equals(plain(to))) return Optional.of(value);
        if (source.isEmpty() || target.isEmpty() || source.get().quantity() != target.get().quantity()) return Optional.empty();
        double converted = target.get().fromBase().applyAsDouble(source.get().toBase().applyAsDouble(value));
        return Optional.of(Double.isFinite(converted) ? Math.rint(converted * STEPS) / STEPS : converted);
    }

    private static Optional<Unit> unit(String name, Substance substance) {
        var plain = plain(name);
        return switch (plain) {
            case "mg/m3" -> mass(substance, 1);
            case "mg/l" -> mass(substance, 1_000);
            case "%lel" -> share(substance.explosivePpm);
            case "%vol" -> share(1_000_000);
            default -> Optional.ofNullable(BY_NAME.get(plain));
        };
    }

    /// Without degree signs, spaces and capitals: people write `°C`, `C` and `% LEL`.
    private static String plain(String unit) {
        return unit.replaceAll("[\\s°]", "").replace('³', '3').toLowerCase(Locale.ROOT);
    }

    private static Optional<Unit> mass(Substance substance, double milligrams) {
        double perPpm = substance.gramsPerMole / MOLE_LITRES;
        if (Double.isNaN(perPpm)) return Optional.empty();
        return Optional.of(new Unit(Quantity.CONCENTRATION, mass -> mass * milligrams / perPpm, ppm -> ppm * perPpm / milligrams));
    }

    private static Optional<Unit> share(double wholePpm) {
        if (Double.isNaN(wholePpm)) return Optional.empty();
        return Optional.of(new Unit(Quantity.CONCENTRATION, percent -> percent / 100 * wholePpm, ppm -> ppm / wholePpm * 100));
    }

    /// The brewer's usual formula; good to a tenth of a point up to 30 °P.
    private static double fromPlato(double plato) {
        return 1 + plato / (258.6 - plato / 258.2 * 227.1);
    }

    private static double toPlato(double gravity) {
        double points = gravity - 1;
        return 258.6 * points / (1 + points * 227.1 / 258.2);
    }
}
