package home.oikos.dice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {
    private final SecureRandom random = new SecureRandom();

    @ParameterizedTest
    @CsvSource({"password, [a-hjkmnp-z2-9]{20}", "pin=digits, \\d{8}", "pin=digits:4, \\d{4}", "key=hex:32, [0-9a-f]{64}", "key=hex, [0-9a-f]{32}",
        "token=base64:30, [A-Za-z0-9+/]{40}", "word=letters:1024, [a-z2-9]{1024}"})
    void eachShapeIsWrittenAsItSays(String text, String pattern) {
        var recipe = Recipe.read(text).getFirst();
        var made = recipe.make(random);
        assertTrue(made.matches(pattern), made);
    }

    @Test
    void severalKeysStandWithCommasBetween() {
        var recipes = Recipe.read("user=letters:8, password ,pin=digits");
        assertEquals(3, recipes.size());
        assertEquals("password", recipes.get(1).key());
    }

    @Test
    void everyCharacterComes() {
        var text = Recipe.read("x=letters:1024").getFirst().make(random);
        assertTrue(text.chars().distinct().count() > 25, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "pin=roman", "pin=digits:3", "pin=digits:1025", "pin=digits:-4", "pin=digits:x", "=hex", "a,,b"})
    void whatIsNoRecipeIsRefusedInWords(String text) {
        var refused = assertThrows(IllegalArgumentException.class, () -> Recipe.read(text));
        assertTrue(refused.getMessage().length() > 20 && refused.getMessage().length() < 300, refused.getMessage());
    }
}
