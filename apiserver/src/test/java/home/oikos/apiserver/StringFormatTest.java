package home.oikos.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StringFormatTest {
    @ParameterizedTest
    @CsvSource({"date-time,2024-05-01T10:00:00Z,true", "date-time,2024-05-01T10:00:00.5+02:00,true", "date-time,2024-13-01T10:00:00Z,false",
        "date-time,noon,false",
        "date,2024-02-29,true", "date,2023-02-29,false", "duration,1h30m,true", "duration,3 days,true", "duration,soon,false", "ipv4,10.0.0.1,true",
        "ipv4,10.0.0.256,false", "ipv6,::1,true", "ipv6,10.0.0.1,false", "cidr,10.0.0.0/8,true", "cidr,10.0.0.0/33,false", "cidr,fd00::/8,true",
        "mac,00:11:22:aa:bb:cc,true", "mac,00:11,false", "uri,https://a.b/c?d=e,true", "uri,/a,true", "uri,a b,false",
        "uuid,123e4567-e89b-12d3-a456-426614174000,true",
        "uuid,123,false", "hostname,a.b,false", "hostname,host.example,true", "email,a@b.c,true", "email,a,false", "byte,aGVsbG8=,true", "byte,a,false",
        "hexcolor,#ff00aa,true", "hexcolor,red,false", "made-up,anything,true"})
    void fitsOrNot(String format, String text, boolean fits) {
        assertEquals(fits, StringFormat.matches(format, text));
    }
}
