package home.oikos.pki;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/// Collects a chunk, seals it, writes it. Used by one thread.
final class SealingStream extends OutputStream {
    private final OutputStream out;
    private final SecretKey key;
    private final byte[] chunk = new byte[SealedStream.CHUNK_BYTES];
    private int filled;
    private long number;
    private boolean closed;

    SealingStream(OutputStream out, SecretKey key) {
        this.out = out;
        this.key = key;
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (closed) throw new IOException("written to after the end");
        for (int done = 0; done < length; ) {
            // A full chunk waits for one more byte: only then is it known not to be the last.
            if (filled == chunk.length) seal(false);
            int count = Math.min(length - done, chunk.length - filled);
            System.arraycopy(bytes, offset + done, chunk, filled, count);
            filled += count;
            done += count;
        }
    }

    private void seal(boolean last) throws IOException {
        try {
            out.write(SealedStream.chunkCipher(Cipher.ENCRYPT_MODE, key, number++, last).doFinal(chunk, 0, filled));
            filled = 0;
        } catch (GeneralSecurityException e) {
            throw new IOException("could not seal", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (closed) return;
        closed = true;
        try (out) {
            seal(true);
        }
    }
}
