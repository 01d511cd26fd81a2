package home.oikos.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What phones read from a network's QR code: everything that means something there is escaped.
class WifiTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "Guests      | abc234     | WIFI:T:WPA;S:Guests;P:abc234;;",
        "a;b:c       | d,e\"f\\g  | WIFI:T:WPA;S:a\\;b\\:c;P:d\\,e\\\"f\\\\g;;",
        "Großmutter  | $1 \\$     | WIFI:T:WPA;S:Großmutter;P:$1 \\\\$;;"})
    void whatHasAMeaningOfItsOwnIsEscaped(String network, String password, String uri) {
        assertEquals(uri, Wifi.uri(network, password));
    }
}
