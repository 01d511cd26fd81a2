package home.oikos.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/// One record of a log or a snapshot. On disk, big-endian: length of the body (4), CRC32C of length and body (4), and the body:
/// kind (1), revision (8), createRevision (8), synced (8), digitsOffset (4), length of the key (4), key in UTF-8, value.
/// @param synced so many bytes of this file were known to survive a power cut when this was written; it tells a write that
///     was cut off from damage to something that had been written well
record LogRecord(Kind kind, long revision, long createRevision, long synced, int digitsOffset, String key, byte[] value) {
    /// Kinds by their byte on disk; append only.
    enum Kind {
        /// A key was written.
        PUT,
        /// The same, with the value sealed.
        SEALED,
        /// A key was removed.
        DELETE,
        /// Revisions up to this one may be handed out before they are on disk.
        RESERVE,
        /// The end of a snapshot: its revision, the reserved revision (in createRevision) and how many entries came before
        /// (in digitsOffset).
        END
    }

    static final int PREFIX_BYTES = 8;
    private static final int FIXED_BYTES = 33;
    /// A Kubernetes object has at most 3 MiB (the request limit of kube-apiserver); sealing and the key add little.
    static final int BODY_BYTES_MAX = 8 << 20;

    private static final Kind[] KINDS = Kind.values();
    private static final byte[] NOTHING = new byte[0];

    static LogRecord reserve(long revision, long synced) {
        return new LogRecord(Kind.RESERVE, revision, 0, synced, 0, "", NOTHING);
    }

    static LogRecord delete(long revision, long synced, String key) {
        return new LogRecord(Kind.DELETE, revision, 0, synced, 0, key, NOTHING);
    }

    static LogRecord end(long revision, long reserved, int count) {
        return new LogRecord(Kind.END, revision, reserved, 0, count, "", NOTHING);
    }

    static LogRecord put(Entry entry, Seal seal, long synced) {
        var value = seal == null ? entry.value() : seal.seal(entry.key(), entry.value());
        return new LogRecord(seal == null ? Kind.PUT : Kind.SEALED, entry.revision(), entry.createRevision(), synced,
                entry.digitsOffset(), entry.key(), value);
    }

    /// About what an entry weighs on disk; 0 for none.
    static long bytes(Entry entry) {
        return entry == null ? 0 : PREFIX_BYTES + FIXED_BYTES + entry.key().length() + entry.value().length;
    }

    ByteBuffer encode(ByteBuffer buffer) {
        var keyBytes = key.getBytes(StandardCharsets.UTF_8);
        int length = FIXED_BYTES + keyBytes.length + value.length;
        var target = room(buffer, PREFIX_BYTES + length);
        int start = target.position();
        target.putInt(length).putInt(0).put((byte) kind.ordinal());
        target.putLong(revision).putLong(createRevision).putLong(synced).putInt(digitsOffset);
        target.putInt(keyBytes.length).put(keyBytes).put(value);
        return target.putInt(start + 4, checksum(length, target.array(), start + PREFIX_BYTES));
    }

    static LogRecord decode(byte[] bytes, int offset, int length) {
        var body = ByteBuffer.wrap(bytes, offset, length);
        var kind = KINDS[body.get()];
        long revision = body.getLong();
        long createRevision = body.getLong();
        long synced = body.getLong();
        int digitsOffset = body.getInt();
        var key = new byte[body.getInt()];
        body.get(key);
        var value = new byte[body.remaining()];
        body.get(value);
        return new LogRecord(kind, revision, createRevision, synced, digitsOffset, new String(key, StandardCharsets.UTF_8), value);
    }

    /// The synced bytes of the record that starts at an offset.
    static long decodeSynced(byte[] bytes, int offset) {
        return ByteBuffer.wrap(bytes).getLong(offset + PREFIX_BYTES + 17);
    }

    static boolean plausible(int length) {
        return length >= FIXED_BYTES && length <= BODY_BYTES_MAX;
    }

    static int checksum(int length, byte[] bytes, int offset) {
        var crc = new CRC32C();
        for (int shift = 24; shift >= 0; shift -= 8) crc.update(length >>> shift);
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    private static ByteBuffer room(ByteBuffer buffer, int bytes) {
        if (buffer.remaining() >= bytes) return buffer;
        var larger = ByteBuffer.allocate(Math.max(buffer.capacity() * 2, buffer.position() + bytes));
        return larger.put(buffer.flip());
    }
}
