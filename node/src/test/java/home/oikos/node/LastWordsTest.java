package home.oikos.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LastWordsTest {
    @Test
    void aLogEndsAsTheContainerEndedIt() {
        assertEquals("one\nDONE", LastWords.text("""
                2026-11-24T11:59:59.1Z stdout F one
                2026-11-24T11:59:59.2Z stderr P DO
                2026-11-24T11:59:59.3Z stderr P NE
                """));
    }
}
