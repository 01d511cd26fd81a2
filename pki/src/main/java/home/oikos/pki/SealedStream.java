package home.oikos.pki;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/// A stream of any length sealed to a recovery key: X25519 with an ephemeral key, HKDF, then AES-GCM over chunks (the STREAM
/// construction: each nonce holds the chunk's number and whether it is the last, so chunks cannot be cut, dropped or moved).
public final class SealedStream {
    /// Also the memory a stream needs, twice.
    static final int CHUNK_BYTES = 64 * 1024;
    static final byte[] MAGIC = "oikos sealed 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int PUBLIC_KEY_BYTES = 32;

    private SealedStream() { }

    /// What is written to the result goes sealed to `out`. Only closing it makes the whole complete; `out` is closed with it.
    public static OutputStream sealing(OutputStream out, PublicKey recovery, SecureRandom random) throws IOException,
            GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("X25519");
        generator.initialize(NamedParameterSpec.X25519, random);
        var ephemeral = generator.generateKeyPair();
        var header = RecoveryKey.encoded(ephemeral.getPublic());
        var key = key(RecoveryKey.agree(ephemeral.getPrivate(), recovery), header, RecoveryKey.encoded(recovery));
        out.write(MAGIC);
        out.write(header);
        return new SealingStream(out, key);
    }

    /// What was sealed, checked chunk by chunk. Reading throws when a bit was changed or the end is missing; do not act on what
    /// was read before the end was seen.
    public static InputStream opening(InputStream in, RecoveryKey recovery) throws IOException, GeneralSecurityException {
        var header = new DataInputStream(in);
        if (!Arrays.equals(header.readNBytes(MAGIC.length),
                MAGIC)) throw new IOException("expected a sealed file of ours, found something else");
        var ephemeral = header.readNBytes(PUBLIC_KEY_BYTES);
        if (ephemeral.length < PUBLIC_KEY_BYTES) throw new IOException("the sealed file is cut short");
        var agreed = RecoveryKey.agree(recovery.privateKey(), RecoveryKey.decoded(ephemeral));
        return new OpeningStream(in, key(agreed, ephemeral, RecoveryKey.encoded(recovery.publicKey())));
    }

    private static SecretKey key(byte[] agreed, byte[] ephemeral, byte[] recovery) {
        var all = ByteBuffer.allocate(agreed.length + ephemeral.length + recovery.length).put(agreed).put(ephemeral).put(recovery).array();
        return AesGcm.key(RecoveryKey.derive(all, "oikos sealed stream", AesGcm.KEY_BYTES));
    }

    static Cipher chunkCipher(int mode, SecretKey key, long number, boolean last) throws GeneralSecurityException {
        var nonce = ByteBuffer.allocate(AesGcm.NONCE_BYTES).putShort((short) 0).put((byte) 0).putLong(number).put((byte) (last ? 1
                : 0)).array();
        return AesGcm.cipher(mode, key, nonce, MAGIC);
    }
}
