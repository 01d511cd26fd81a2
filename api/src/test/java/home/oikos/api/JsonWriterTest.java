package home.oikos.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWriterTest {
    @ParameterizedTest
    @CsvSource({"1.0,1", "0.5,0.5", "1e20,100000000000000000000", "1e21,1e+21", "1.5e300,1.5e+300", "0.000001,0.000001", "1e-7,1e-7",
        "-2.5,-2.5", "123456789.125,123456789.125"})
    void numbersLookAsGoWritesThem(double number, String text) {
        assertEquals(text, new JsonDecimal(number).toString());
        assertEquals(number, Json.parse(text).decimal(0));
    }

    @Test
    void everyCharacterIsWrittenSoThatItIsReadBack() {
        var random = new Random(5);
        for (int round = 0; round < 2_000; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) text.appendCodePoint(point(random));
            var bytes = new JsonString(text.toString()).bytes();
            assertArrayEquals(new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8), bytes);
            assertEquals(text.toString(), Json.parse(bytes).text(""));
        }
    }

    private static int point(Random random) {
        int point = switch (random.nextInt(5)) {
            case 0 -> random.nextInt(0x20);
            case 1 -> random.nextInt(0x100);
            case 2 -> 0x2020 + random.nextInt(0x20);
            case 3 -> random.nextInt(0x110000);
            default -> 'a' + random.nextInt(26);
        };
        return point >= 0xd800 && point < 0xe000 ? '?' : point;
    }

    @Test
    void halfAPairBecomesTheReplacementCharacter() {
        assertEquals("\"a\ufffdb\"", new JsonString("a\ud800b").toString());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void randomTreesAreReadBack(long seed) {
        var trees = new RandomTrees(new Random(seed));
        for (var type : Catalog.builtIn().types(GroupVersion.CORE)) {
            var tree = trees.tree(type);
            assertEquals(tree, Json.parse(tree.bytes()), () -> "seed " + seed + " " + type);
        }
    }
}
