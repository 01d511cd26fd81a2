package home.oikos.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
    @ParameterizedTest @CsvSource({"68, °F, °C, None, 20", "293.15, K, C, None, 20", "20, C, °F, None, 68", "12, °P, SG, None, 1.04837",
            "1.04837, SG, Plato, None, 12",
            "0, Plato, SG, None, 1", "3300, ppm, % LEL, Ethanol, 10", "20, %LEL, ppm, Ethanol, 6600", "1.884, mg/m³, ppm, Ethanol, 1",
            "10, mg/l, ppm, Ethanol, 5307", "3, % vol, ppm, CarbonDioxide, 30000", "1, mg/m3, ppm, CarbonDioxide, 0.5556"})
    void aValueInOneUnitIsItInAnother(double value, String from, String to, Units.Substance substance, double expected) {
        assertEquals(expected, Units.convert(value, from, to, substance).orElseThrow(), Math.abs(expected) * 1e-3);
    }

    @ParameterizedTest @CsvSource({"1, °P, °C, None", "1, bar, °C, None", "1, mg/m³, ppm, None", "1, % LEL, ppm, CarbonDioxide", "1, %, ppm, Ethanol"})
    void whereThereIsNoWayThereIsNoValue(double value, String from, String to, Units.Substance substance) {
        assertEquals(Optional.empty(), Units.convert(value, from, to, substance));
    }

    @Test void theSameUnitIsTheSameValueAlsoWhereNobodyKnowsIt() {
        assertEquals(Optional.of(3.0), Units.convert(3, "l/min", "l / min", Units.Substance.None));
    }

    @Test void nonsenseStaysNonsense() {
        assertEquals(Optional.of(Double.NaN), Units.convert(Double.NaN, "°F", "°C", Units.Substance.None));
    }
}
