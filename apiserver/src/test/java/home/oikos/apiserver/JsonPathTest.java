package home.oikos.apiserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import home.oikos.api.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPathTest {
    private static final Json VALUE = Json.parse("""
            {"a":{"b.c/d":1,"e":[{"t":"x","n":1},{"t":"y","n":2}]},"l":[10,20,30]}""");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        ".a.b\\.c/d | [1]", ".l[0] | [10]", ".l[-1] | [30]", ".l[*] | [10,20,30]", ".a.e[*].n | [1,2]", ".a['b.c/d'] | [1]",
        ".a.e[?(@.t==\"y\")].n | [2]", ".a.e[?(@.t=='y')].n | [2]", ".a.e[?(@.n>1)].t | [\"y\"]", ".a.e[?(@.n!=1)].t | [\"y\"]", ".a.e[?(@.t)].n | [1,2]",
        ".none.at.all | []", ".l[7] | []", ".a.e.t | []"})
    void findsWhatItNames(String path, String found) {
        assertEquals(found, Json.of(JsonPath.parse(path).in(VALUE)).toString());
    }

    @Test
    void brokenPathsAreToldAndNotGuessed() {
        assertThrows(IllegalArgumentException.class, () -> JsonPath.parse(".a[0"));
        assertThrows(IllegalArgumentException.class, () -> JsonPath.parse(".a[x]"));
        assertThrows(IllegalArgumentException.class, () -> JsonPath.parse(".a..b"));
    }
}
