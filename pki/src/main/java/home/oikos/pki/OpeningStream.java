package home.oikos.pki;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/// Reads a sealed chunk, checks and opens it. Used by one thread.
final class OpeningStream extends InputStream {
    private final PushbackInputStream in;
    private final SecretKey key;
    private byte[] chunk = {};
    private int at;
    private long number;
    private boolean lastSeen;

    OpeningStream(InputStream in, SecretKey key) {
        this.in = new PushbackInputStream(in, 1);
        this.key = key;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) return 0;
        while (at == chunk.length) {
            if (lastSeen) return -1;
            next();
        }
        int count = Math.min(length, chunk.length - at);
        System.arraycopy(chunk, at, bytes, offset, count);
        at += count;
        return count;
    }

    private void next() throws IOException {
        var sealed = in.readNBytes(SealedStream.CHUNK_BYTES + AesGcm.TAG_BYTES);
        int after = in.read();
        if (after >= 0) in.unread(after);
        lastSeen = after < 0;
        try {
            chunk = SealedStream.chunkCipher(Cipher.DECRYPT_MODE, key, number++, lastSeen).doFinal(sealed);
            at = 0;
        } catch (GeneralSecurityException e) {
            throw new IOException("the sealed file is damaged, cut short, or sealed to another recovery key", e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
