package home.oikos.cri;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrpcFramesTest {
    private static final byte[] TWO = {0, 0, 0, 0, 2, 'h', 'i', 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, '!'};

    @Test
    void messagesAreTheSameHoweverTheBytesArrive() {
        for (int part = 1; part <= TWO.length; part++) {
            var messages = new ArrayList<String>();
            var frames = new GrpcFrames(100, bytes -> messages.add(new String(bytes)));
            for (int at = 0; at < TWO.length; at += part) frames.take(Arrays.copyOfRange(TWO, at, Math.min(at + part, TWO.length)));
            assertEquals(List.of("hi", "", "!"), messages, "in parts of " + part);
        }
    }

    @Test
    void aLengthBeyondTheLimitIsRefused() {
        var frames = new GrpcFrames(100, _ -> { });
        assertThrows(IllegalStateException.class, () -> frames.take(new byte[] {0, 0, 0, 0, 101}));
        assertThrows(IllegalStateException.class, () -> frames.take(new byte[] {0, -1, 0, 0, 0}));
    }

    @Test
    void messagesOfErrorsAreReadFromTheirPercents() {
        assertEquals("no \"x\": 100%", GrpcFrames.unescape("no %22x%22: 100%25"));
        assertEquals("50% ü", GrpcFrames.unescape("50% %C3%BC"));
    }
}
