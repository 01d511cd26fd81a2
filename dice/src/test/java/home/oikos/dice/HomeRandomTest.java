package home.oikos.dice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/// Whatever a dice says, and whoever knows it, the home's random numbers rest on fresh bytes of the system.
class HomeRandomTest {
    private static final byte[] KNOWN = new byte[Conditioner.BLOCK_BYTES];

    /// The system's source, told and counted.
    private static final class Recording extends SecureRandom {
        private static final long serialVersionUID = 1;
        private final transient List<byte[]> given = new ArrayList<>();

        @Override
        public void nextBytes(byte[] bytes) {
            super.nextBytes(bytes);
            given.add(bytes.clone());
        }
    }

    private final Recording system = new Recording();
    private final HomeRandom random = new HomeRandom(system);

    private static byte[] bytes(SecureRandom of, int count) {
        var bytes = new byte[count];
        of.nextBytes(bytes);
        return bytes;
    }

    @Test
    void untilADiceSpeaksItIsTheSystemsOwnSource() {
        assertArrayEquals(bytes(random, 32), system.given.getLast());
        random.renew();
        assertArrayEquals(bytes(random, 32), system.given.getLast());
        assertEquals(0, random.mixed());
    }

    @Test
    void everyMixtureHoldsAsMuchOfTheSystemAsTheGeneratorIsStrongAndTheBlockBeside() {
        var block = new byte[] {1, 2, 3};
        var seed = random.withSystem(block);
        var fresh = system.given.getLast();
        assertEquals(48, fresh.length, "256 bits and half as many again");
        assertArrayEquals(fresh, Arrays.copyOf(seed, 48));
        assertArrayEquals(block, Arrays.copyOfRange(seed, 48, seed.length));
    }

    @Test
    void eachReseedTakesFreshBytesOfTheSystemHoweverOftenTheSameBlockComes() {
        for (int i = 1; i <= 5; i++) {
            random.mix(KNOWN.clone());
            assertEquals(i, system.given.size());
            assertEquals(i, random.mixed());
        }
        random.renew();
        assertEquals(6, system.given.size(), "a dice that failed: the system alone");
        assertEquals(6, system.given.stream().map(HexFormat.of()::formatHex).distinct().count());
    }

    @Test
    void twoHomesWithTheSameKnownDiceShareNothing() {
        var other = new HomeRandom(new SecureRandom());
        for (int i = 0; i < 3; i++) {
            random.mix(KNOWN.clone());
            other.mix(KNOWN.clone());
            assertFalse(Arrays.equals(bytes(random, 32), bytes(other, 32)));
        }
    }

    @Test
    void aBlockIsWipedOnceItIsIn() {
        var block = new byte[] {1, 2, 3, 4};
        random.mix(block);
        assertArrayEquals(new byte[4], block);
    }

    @Test
    void itIsTheJdksDrbgFromThenOnAndItsNumbersPassWhatADicePasses() {
        assertNotEquals("DRBG", random.getAlgorithm());
        random.mix(KNOWN.clone());
        assertEquals("DRBG", random.getAlgorithm());
        var claim = new Claim(8, 8, 40);
        var out = bytes(random, 1 << 20);
        var at = new int[1];
        assertEquals(0, Streams.alarmAt(claim, () -> out[at[0]++] & 0xff, out.length));
        assertTrue(Assessment.of(out, claim).estimates().get("mostCommonValue") > 7.8);
    }

    @Test
    void manyThreadsAreNeverGivenTheSameWhileADiceIsMixedIn() throws Exception {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        var threads = new ArrayList<Thread>();
        for (int thread = 0; thread < 4; thread++) {
            threads.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 2_000; i++) seen.add(HexFormat.of().formatHex(bytes(random, 16)));
            }));
        }
        for (int i = 0; i < 50; i++) random.mix(KNOWN.clone());
        for (var thread : threads) thread.join();
        assertEquals(8_000, seen.size());
    }
}
