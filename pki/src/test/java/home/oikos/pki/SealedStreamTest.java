package home.oikos.pki;

import static org.junit.jupiter.api.Assertions.*;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedStreamTest {
    private final SecureRandom random = new SecureRandom();
    private final RecoveryKey recovery = RecoveryKey.generate(random);

    private byte[] seal(byte[] plain) throws Exception {
        var out = new ByteArrayOutputStream();
        // The public half goes through its stored form, as on disk.
        var stored = RecoveryKey.decoded(RecoveryKey.encoded(recovery.publicKey()));
        try (var sealing = SealedStream.sealing(out, stored, random)) {
            sealing.write(plain);
        }
        return out.toByteArray();
    }

    private byte[] open(byte[] sealed, RecoveryKey key) throws Exception {
        return SealedStream.opening(new ByteArrayInputStream(sealed), key).readAllBytes();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, SealedStream.CHUNK_BYTES - 1, SealedStream.CHUNK_BYTES, SealedStream.CHUNK_BYTES + 1,
            3 * SealedStream.CHUNK_BYTES})
    void anyLengthOpensWithTheTypedKey(int length) throws Exception {
        var plain = AesGcm.randomBytes(length, random);
        var typed = RecoveryKey.parse(" " + recovery.toString().toLowerCase(java.util.Locale.ROOT).replace('-', ' '));
        assertArrayEquals(plain, open(seal(plain), typed));
    }

    @Test
    void anotherKeyDoesNotOpen() throws Exception {
        var sealed = seal(new byte[10]);
        assertThrows(IOException.class, () -> open(sealed, RecoveryKey.generate(random)));
    }

    @Test
    void cutOrReorderedOrChangedStreamIsRefused() throws Exception {
        int chunk = SealedStream.CHUNK_BYTES + AesGcm.TAG_BYTES;
        int header = SealedStream.MAGIC.length + 32;
        var sealed = seal(AesGcm.randomBytes(3 * SealedStream.CHUNK_BYTES, random));
        for (int length : new int[] {0, 5, header - 1, header, header + chunk, header + 2 * chunk, sealed.length - 1}) {
            assertThrows(IOException.class, () -> open(Arrays.copyOf(sealed, length), recovery), "cut to " + length);
        }
        var swapped = sealed.clone();
        System.arraycopy(sealed, header, swapped, header + chunk, chunk);
        System.arraycopy(sealed, header + chunk, swapped, header, chunk);
        assertThrows(IOException.class, () -> open(swapped, recovery));
        var changed = sealed.clone();
        changed[header + 100] ^= 1;
        assertThrows(IOException.class, () -> open(changed, recovery));
    }

    @Test
    void typingErrorsAreToldAtOnce() throws Exception {
        var text = recovery.toString();
        assertEquals(39, text.length());
        int missed = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '-') continue;
            var wrong = text.substring(0, i) + (text.charAt(i) == '7' ? '8' : '7') + text.substring(i + 1);
            try {
                RecoveryKey.parse(wrong);
                missed++;
            } catch (GeneralSecurityException told) {
                assertTrue(told.getMessage().contains("typing error"), told.getMessage());
            }
        }
        assertTrue(missed <= 3, "one in 256 passes the check byte by chance; passed: " + missed);
        assertThrows(GeneralSecurityException.class, () -> RecoveryKey.parse(text.substring(1)));
        assertThrows(GeneralSecurityException.class, () -> RecoveryKey.parse(text.substring(1) + "U"));
    }
}
