package home.oikos.pki;

import static org.junit.jupiter.api.Assertions.*;

import java.math.BigInteger;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The expected bytes are those that `openssl asn1parse -genconf` writes for the same values.
class DerTest {
    private static String hex(Der value) {
        return HexFormat.of().formatHex(value.encoded());
    }

    @Test
    void objectIdentifiersTakeSevenBitsAByte() {
        assertEquals("06082a8648ce3d040302", hex(Der.identifier("1.2.840.10045.4.3.2")));
        assertEquals("0603551d11", hex(Der.identifier("2.5.29.17")));
        assertEquals("06022a00", hex(Der.identifier("1.2.0")));
    }

    @Test
    void lengthsFrom128OnTellHowManyBytesTheyTake() {
        assertTrue(hex(Der.octets(new byte[127])).startsWith("047f"));
        assertTrue(hex(Der.octets(new byte[128])).startsWith("048180"));
        assertTrue(hex(Der.octets(new byte[256])).startsWith("04820100"));
        for (int length : List.of(0, 127, 128, 255, 256, 70_000)) {
            assertEquals(length, Der.read(Der.octets(new byte[length]).encoded()).content().length);
        }
    }

    @Test
    void numbersThatLookNegativeGetAZeroInFront() {
        assertEquals("02020080", hex(Der.integer(BigInteger.valueOf(128))));
        assertEquals("020100", hex(Der.integer(BigInteger.ZERO)));
    }

    @Test
    void timesFrom2050OnHaveAYearOfFourDigits() {
        assertEquals("170d3439313233313233353935395a", hex(Der.time(Instant.parse("2049-12-31T23:59:59Z"))));
        assertEquals("180f32303530303130313030303030305a", hex(Der.time(Instant.parse("2050-01-01T00:00:00Z"))));
    }

    @Test
    void partsAreReadInTheOrderTheyWereWritten() {
        var read = Der.read(Der.sequence(Der.text("küche"), Der.set(Der.TRUE), Der.tagged(2, new byte[] {7})).encoded()).parts();
        assertEquals(List.of("0c066bc3bc636865", "31030101ff", "820107"), read.stream().map(DerTest::hex).toList());
    }
}
