package home.oikos.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void whatIsWrittenReadsTheSame() {
        var text = "{\"a\":[1,-2.5,true,null,\"x\\ny\\\"\\\\\"],\"b\":{\"c\":\"ü\"},\"big\":9223372036854775807}";
        assertEquals(text, Json.parse(text).toString());
    }

    @Test
    void absenceCanBeWalkedThrough() {
        assertEquals("none", Json.parse("{}").at("spec", "nodeName").text("none"));
        assertTrue(Json.parse("[1]").at(7).isNull());
    }

    @Test
    void equalityIgnoresTheOrderOfMembers() {
        assertEquals(Json.parse("{\"a\":1,\"b\":2}"), Json.parse("{\"b\":2,\"a\":1}"));
    }

    @Test
    void aMemberThatStandsTwiceIsNamedByItsPath() {
        var seen = new ArrayList<String>();
        var bytes = "{\"spec\":{\"l\":[{\"x\":1,\"x\":2}]}}".getBytes(StandardCharsets.UTF_8);
        assertEquals(2, new JsonParser(bytes, seen::add).document().at("spec").at("l").at(0).at("x").integer(0));
        assertEquals(List.of("spec.l[0].x"), seen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,]", "{\"a\"}", "01", "tru", "\"a", "1 2", "\"\\u12\"", "-", "1.", "{\"a\":1,}", "'a'", "\"a\nb\""})
    void brokenDocumentsAreRefused(String text) {
        assertThrows(JsonException.class, () -> Json.parse(text));
    }

    @Test
    void nestingHasALimit() {
        assertThrows(JsonException.class, () -> Json.parse("[".repeat(JsonParser.DEPTH_MAX + 1)));
    }

    @Test
    void aChangeSharesWhatItDoesNotTouch() {
        var before = Json.parse("{\"a\":{\"b\":1},\"c\":{}}").object();
        var after = before.withAt(2, "a", "b").withAt("x", "d", "e");
        assertEquals("{\"a\":{\"b\":2},\"c\":{},\"d\":{\"e\":\"x\"}}", after.toString());
        assertTrue(before.at("c") == after.at("c"));
        assertEquals("{\"a\":{},\"c\":{}}", before.withoutAt("a", "b").toString());
    }
}
