package home.oikos.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/// The first bytes of every file of the store: magic (8), format version (4), CRC32C of both (4).
final class FileHeader {
    static final int BYTES = 16;
    /// Raise it with every change that older code would misread, and let the newer code back up and then convert.
    static final int FORMAT = 1;

    private static final byte[] MAGIC = "OIKOSLOG".getBytes(StandardCharsets.US_ASCII);

    private FileHeader() { }

    static ByteBuffer encode(int format) {
        var header = ByteBuffer.allocate(BYTES).put(MAGIC).putInt(format);
        return header.putInt(checksum(header.array())).flip();
    }

    /// @throws IOException in words when the file is newer than this code, damaged, or not ours
    static void check(String file, byte[] bytes) throws IOException {
        if (!intact(bytes)) throw new CorruptLogException(file, 0, "it does not begin like a file of this store");
        int format = ByteBuffer.wrap(bytes).getInt(MAGIC.length);
        if (format > FORMAT) {
            throw new IOException(("%s has format %d, made by a newer Oikos; this one reads up to format %d. Nothing was changed. "
                    + "Start the newer one, or restore a backup made by this one")
                    .formatted(file, format, FORMAT));
        }
    }

    static boolean intact(byte[] bytes) {
        if (bytes.length < BYTES || !ByteBuffer.wrap(bytes, 0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) return false;
        return ByteBuffer.wrap(bytes).getInt(BYTES - Integer.BYTES) == checksum(bytes);
    }

    private static int checksum(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes, 0, BYTES - Integer.BYTES);
        return (int) crc.getValue();
    }
}
