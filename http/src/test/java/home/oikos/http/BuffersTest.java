package home.oikos.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BuffersTest {
    private final Buffers buffers = new Buffers();

    @Test
    void asManyAreMadeAsAreAwayAtOnce() {
        Set<byte[]> made = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int round = 0; round < 1_000; round++) {
            var first = buffers.take();
            var second = buffers.take();
            assertNotSame(first, second);
            made.add(first);
            made.add(second);
            buffers.giveBack(first);
            buffers.giveBack(second);
        }
        assertEquals(2, made.size());
    }
}
