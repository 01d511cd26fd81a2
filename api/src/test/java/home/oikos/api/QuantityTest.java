package home.oikos.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
    private static Quantity quantity(String text) {
        return Quantity.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1000,1k", "1000m,1", "1500m,1500m", "0.5,500m", "100000,100k", "1.5Gi,1536Mi", "1024Ki,1Mi", "1023,1023",
        "512Ki,512Ki",
        "0.5Ki,512", "1e3,1e3", "1E6,1e6", "12e2,1200", "1E,1E", "0,0", "0Gi,0", "-1,-1", "100n,100n", "0.1n,1n", "+5,5", "1.50,1500m",
        "5.,5", ".5,500m",
        "1000000Mi,1000000Mi", "1000E,1000E"})
    void amountsHaveOneCanonicalText(String text, String canonical) {
        assertEquals(canonical, quantity(text).toString());
    }

    @ParameterizedTest
    @CsvSource({"''", "abc", "1.2.3", "1 Mi", "1mi", "Mi", "--1", "1e", "1KiB"})
    void otherTextIsNoAmount(String text) {
        assertEquals(Optional.empty(), Quantity.parse(text));
    }

    @Test
    void amountsCompareAndAddAcrossSuffixes() {
        assertEquals(quantity("1Gi"), quantity("1024Mi"));
        assertTrue(quantity("1G").compareTo(quantity("1Gi")) < 0);
        assertEquals("1500m", quantity("1").plus(quantity("500m")).toString());
        assertEquals(1_500, quantity("1.5").milli());
        assertEquals(2, quantity("1.5").roundedUp());
    }

    @Test
    void textAndNumbersOfATreeAreRead() {
        assertEquals(1000.0, Quantity.decimal(Json.of("1k"), 0));
        assertEquals(3.0, Quantity.decimal(Json.of(3), 0));
        assertEquals(7.0, Quantity.decimal(Json.NULL, 7));
        assertEquals(-1, quantity("-1.5").roundedUp());
    }

    @Test
    void percentagesScale() {
        assertEquals(Optional.of(3), IntOrString.of(new JsonString("25%")).orElseThrow().scaled(10, true));
        assertEquals(Optional.of(2), IntOrString.of(new JsonString("25%")).orElseThrow().scaled(10, false));
        assertEquals(Optional.empty(), IntOrString.of(new JsonString("web")).orElseThrow().scaled(10, false));
        assertEquals(Optional.of(7), IntOrString.of(new JsonInteger(7)).orElseThrow().scaled(10, false));
    }

    @ParameterizedTest
    @CsvSource({"1h30m,1h30m0s", "300ms,300ms", "1.5s,1.5s", "90s,1m30s", "0,0s", "-2m,-2m0s", "1us,1µs"})
    void durationsArePrintedAsGoDoes(String text, String printed) {
        assertEquals(printed, GoDuration.format(GoDuration.parse(text).orElseThrow()));
    }

    @ParameterizedTest
    @CsvSource({"''", "5", "1d", "s", "1h 2m", "9999999h9999999h"})
    void otherTextIsNoDuration(String text) {
        assertEquals(Optional.<Duration>empty(), GoDuration.parse(text));
    }
}
