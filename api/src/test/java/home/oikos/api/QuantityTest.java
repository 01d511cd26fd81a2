package home.oikos.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class QuantityTest {
    @Test void suffixesScaleTheNumber() {
        assertEquals(Quantity.parse("1500m"), Quantity.parse("1.5"));
        assertEquals(Quantity.parse("2Ki"), Quantity.parse("2048"));
        assertEquals(Quantity.parse("1e3"), Quantity.parse("1k"));
        assertEquals(Quantity.parse("1E"), Quantity.parse("1000P"));
    }

    @Test void whatIsNoQuantityIsNone() {
        for (var text : new String[] {"", "x", "1Q", "1 Gi", "--1", "1e", "."}) assertTrue(Quantity.parse(text).isEmpty(), text);
    }

    @Test void roundsUp() {
        assertEquals(2, Quantity.parse("1001m").orElseThrow().roundedUp());
        assertEquals(-1, Quantity.parse("-1.5").orElseThrow().roundedUp());
    }

    @Test void readsIntOrString() {
        assertEquals(1000.0, Quantity.decimal(Json.of("1k"), 0));
        assertEquals(3.0, Quantity.decimal(Json.of(3), 0));
        assertEquals(7.0, Quantity.decimal(Json.NULL, 7));
    }
}
