package home.oikos.gateway;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.api.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The thermostat in `spec.control` of a device: what it holds where, and by what.
///
/// @param mistake what of it makes no sense; empty when all does. Nothing is driven by a target that is no number
/// @param sensor what is held at the target
/// @param chamber what mode Cascade holds for the sensor's sake
/// @param target without one nothing is driven
/// @param deadband so far below the goal heating begins, so far above it cooling
/// @param chamberRange the coldest and the warmest the chamber may be asked to be
record ThermostatSpec(String mistake, Mode mode, Optional<World.Property> sensor, Optional<World.Property> chamber, Optional<Double> target, double deadband,
        Range chamberRange, Optional<World.Property> heater, Optional<World.Property> cooler, Times times) {
    /// Degrees within which nothing is done, where the manifest says nothing.
    static final double DEADBAND = 0.3;
    /// How far from its target a chamber may be asked to be, where the manifest says nothing.
    static final double CHAMBER_REACH = 15;

    /// How the target is held, as the API spells it.
    enum Mode { Hysteresis, Cascade, Off }

    record Range(double least, double most) { }

    /// The waits of one of the two outputs.
    ///
    /// @param peak how long it goes on to act after it ended, at most
    record Waits(Duration on, Duration off, Duration peak) { }

    /// @param turn from the end of the one to the beginning of the other
    record Times(Waits heat, Waits cool, Duration turn) {
        /// BrewPi's: a compressor needs five minutes for its pressures to even out, and a vessel turns slower than a thermostat.
        static Times read(Json control) {
            return new Times(new Waits(seconds(control, "minimumHeatOnSeconds", 180), seconds(control, "minimumHeatOffSeconds", 300),
                    seconds(control, "heatPeakSeconds", 900)), new Waits(seconds(control, "minimumCoolOnSeconds", 180),
                    seconds(control, "minimumCoolOffSeconds", 300), seconds(control, "coolPeakSeconds", 1_800)), seconds(control, "switchSeconds", 600));
        }

        private static Duration seconds(Json control, String name, int otherwise) {
            return Duration.ofSeconds(control.at(name).integer(otherwise));
        }
    }

    /// @return empty when the device has no thermostat
    static Optional<ThermostatSpec> read(ObjectKey device, Json control) {
        return control.at("mode").text().flatMap(ThermostatSpec::mode).map(mode -> {
            var target = number(control.at("target"));
            return new ThermostatSpec(mistake(control), mode, reading(device, control.at("sensor")), reading(device, control.at("chamber")), target,
                    number(control.at("deadband")).filter(band -> band > 0).orElse(DEADBAND), range(control, target.orElse(0.0)),
                    output(device, control, "heater"), output(device, control, "cooler"), Times.read(control));
        });
    }

    private static Optional<Mode> mode(String word) {
        return Stream.of(Mode.values()).filter(mode -> mode.name().equals(word)).findFirst();
    }

    private static String mistake(Json control) {
        for (var name : List.of("target", "deadband", "chamberMinimum", "chamberMaximum")) {
            var json = control.at(name);
            if (json.isPresent() && number(json).isEmpty()) {
                return "%s: expected a decimal number such as \"18.5\", found %s".formatted(name, Words.shortened(json.toString()));
            }
        }
        if (number(control.at("deadband")).filter(band -> band <= 0).isPresent()) return "deadband: expected more than 0, or it would switch all the time";
        double least = number(control.at("chamberMinimum")).orElse(Double.NEGATIVE_INFINITY);
        return number(control.at("chamberMaximum")).filter(most -> most <= least).map(_ -> "chamberMaximum: expected more than chamberMinimum").orElse("");
    }

    /// A decimal number, as text or whole. A quantity's suffix (`18k`) is no way to write a temperature.
    static Optional<Double> number(Json json) {
        return Quantity.of(json).filter(_ -> json.text().filter(text -> !text.strip().matches("[-+.\\d]+")).isEmpty())
                .map(quantity -> quantity.amount().doubleValue());
    }

    private static Range range(Json control, double target) {
        return new Range(number(control.at("chamberMinimum")).orElse(target - CHAMBER_REACH),
                number(control.at("chamberMaximum")).orElse(target + CHAMBER_REACH));
    }

    private static Optional<World.Property> reading(ObjectKey device, Json json) {
        if (!json.isPresent()) return Optional.empty();
        var named = new ObjectKey(device.namespace(), json.at("deviceName").text(device.name()));
        return Optional.of(new World.Property(named, json.at("property").text("")));
    }

    private static Optional<World.Property> output(ObjectKey device, Json control, String role) {
        return control.at(role + "Name").text()
                .map(name -> new World.Property(new ObjectKey(device.namespace(), name), control.at(role + "Property").text("on")));
    }

    boolean isCascade() {
        return mode == Mode.Cascade;
    }

    /// What it goes by.
    Stream<World.Property> readings() {
        return Stream.concat(sensor.stream(), chamber.stream());
    }

    /// What is switched on and off.
    Stream<World.Property> outputs() {
        return Stream.concat(heater.stream(), cooler.stream());
    }

    Optional<World.Property> output(Side side) {
        return side == Side.HEAT ? heater : cooler;
    }

    Waits waits(Side side) {
        return side == Side.HEAT ? times.heat() : times.cool();
    }
}
