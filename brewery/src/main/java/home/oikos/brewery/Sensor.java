package home.oikos.brewery;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;
import home.oikos.home.TargetRef;

/// One property of one device, and the unit it is told in.
record Sensor(ObjectKey device, String property, Unit unit) {
    enum Unit { SG, Plato, Celsius, Fahrenheit }

    static Sensor read(Json sensor, String namespace, String property, Unit unit) {
        return new Sensor(TargetRef.key(namespace, sensor.at("deviceName").text("")), sensor.at("property").text(property),
                unit(sensor.at("unit").text(""), unit));
    }

    private static Unit unit(String word, Unit otherwise) {
        for (var unit : Unit.values()) if (unit.name().equals(word)) return unit;
        return otherwise;
    }

    /// In points of gravity, or degrees Celsius.
    double convert(double told) {
        return switch (unit) {
            case SG -> Units.points(told);
            case Plato -> Units.pointsOfPlato(told);
            case Celsius -> told;
            case Fahrenheit -> Units.celsiusOfFahrenheit(told);
        };
    }

    boolean isPlausible(double converted) {
        return switch (unit) {
            case SG, Plato -> Units.isGravity(converted);
            case Celsius, Fahrenheit -> Units.isBeer(converted);
        };
    }

    /// What is probably meant by a value that makes no sense in this unit; empty when nobody knows.
    String guess(double told) {
        return switch (unit) {
            case SG -> told > 1.3 && told <= 35 ? "; that reads like degrees Plato: set unit: Plato" : "";
            case Plato -> told > 0.98 && told < 1.2 ? "; that reads like specific gravity: set unit: SG" : "";
            case Celsius -> Units.isBeer(Units.celsiusOfFahrenheit(told)) ? "; that reads like Fahrenheit: set unit: Fahrenheit" : "";
            case Fahrenheit -> "";
        };
    }
}
