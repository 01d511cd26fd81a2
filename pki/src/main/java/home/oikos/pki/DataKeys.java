package home.oikos.pki;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.SecretKey;

/// The keys that seal what lies on disk, each wrapped by the root key in one file. The newest seals, every one opens. Safe for use by
/// several threads.
///
/// Sealed form: a version byte, the key's number (4 bytes), nonce (12), ciphertext, tag (16).
public final class DataKeys {
    private static final byte VERSION = 1;
    private static final int HEADER_BYTES = 5;
    private static final String CONTEXT = "oikos data key ";

    private final Path file;
    private final RootKey root;
    private final SecureRandom random;
    private volatile TreeMap<Integer, SecretKey> keys;

    private DataKeys(Path file, RootKey root, SecureRandom random, TreeMap<Integer, SecretKey> keys) {
        this.file = file;
        this.root = root;
        this.random = random;
        this.keys = keys;
    }

    /// Reads the keys, or makes the first.
    /// @throws GeneralSecurityException when the root key is not the one that wrapped them
    public static DataKeys open(Path file, RootKey root, SecureRandom random) throws IOException, GeneralSecurityException {
        var opened = new DataKeys(file, root, random, Files.exists(file) ? read(file, root) : new TreeMap<>());
        if (opened.keys.isEmpty()) opened.rotate();
        return opened;
    }

    private static TreeMap<Integer, SecretKey> read(Path file, RootKey root) throws IOException, GeneralSecurityException {
        var keys = new TreeMap<Integer, SecretKey>();
        for (var line : Files.readAllLines(file)) {
            var words = line.split(" ");
            try {
                int number = Integer.parseInt(words[0]);
                keys.put(number, AesGcm.key(root.unwrap(Base64.getDecoder().decode(words[1]), CONTEXT + number)));
            } catch (GeneralSecurityException e) {
                throw new GeneralSecurityException(file
                        + ": the root key does not open this home; was it made with another key file or passphrase?", e);
            } catch (RuntimeException e) {
                throw new GeneralSecurityException(file + ": expected a number and a wrapped key on every line", e);
            }
        }
        return keys;
    }

    /// Makes a new key that seals from now on; older ones still open.
    public synchronized void rotate() throws IOException, GeneralSecurityException {
        var more = new TreeMap<>(keys);
        more.put(keys.isEmpty() ? 1 : keys.lastKey() + 1, AesGcm.key(AesGcm.randomBytes(AesGcm.KEY_BYTES, random)));
        write(root, more);
        keys = more;
    }

    /// Wraps the same keys by another root key, which takes the place of the old one: what they sealed need not be touched.
    public synchronized DataKeys rewrap(RootKey other) throws IOException, GeneralSecurityException {
        write(other, keys);
        return new DataKeys(file, other, random, keys);
    }

    private void write(RootKey by, Map<Integer, SecretKey> all) throws IOException, GeneralSecurityException {
        var text = new StringBuilder();
        for (var key : all.entrySet()) {
            var wrapped = by.wrap(key.getValue().getEncoded(), CONTEXT + key.getKey(), random);
            text.append(key.getKey()).append(' ').append(Base64.getEncoder().encodeToString(wrapped)).append('\n');
        }
        SecretFile.write(file, text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /// Seals bytes to a place (the store's key): moved to another place they do not open.
    public byte[] seal(String place, byte[] plain) {
        try {
            var newest = keys.lastEntry();
            var sealed = AesGcm.seal(newest.getValue(), place.getBytes(StandardCharsets.UTF_8), plain, random);
            return ByteBuffer.allocate(HEADER_BYTES + sealed.length).put(VERSION).putInt(newest.getKey()).put(sealed).array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    /// @throws GeneralSecurityException when the bytes were changed, belong to another place, or no key of ours sealed them
    public byte[] open(String place, byte[] sealed) throws GeneralSecurityException {
        if (sealed.length < HEADER_BYTES || sealed[0] != VERSION) throw new GeneralSecurityException(place + ": not in our sealed form");
        var bytes = ByteBuffer.wrap(sealed);
        bytes.get();
        int number = bytes.getInt();
        var key = keys.get(number);
        if (key == null) throw new GeneralSecurityException("%s: sealed by data key %d, which is not here".formatted(place, number));
        var rest = new byte[bytes.remaining()];
        bytes.get(rest);
        return AesGcm.open(key, place.getBytes(StandardCharsets.UTF_8), rest);
    }
}
