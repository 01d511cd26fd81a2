package home.oikos.store;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Tells a write that a power cut tore from damage to one that had been complete. Both look alike at the bad bytes themselves. But
/// each record says how much of the file was synced when it was written: if a whole record further on knows the bad bytes as
/// synced, they were well once, and the disk has lost them. Unsynced records may survive in any order, so a whole record that
/// does not say so proves nothing.
final class TornTail {
    private TornTail() { }

    static boolean wasSynced(LogFile file, long badOffset) throws IOException {
        byte[] rest;
        try (var input = file.input(badOffset)) {
            rest = input.readAllBytes();
        }
        for (int at = 1; at <= rest.length - LogRecord.PREFIX_BYTES; at++) {
            if (isRecord(rest, at) && LogRecord.decodeSynced(rest, at) > badOffset) return true;
        }
        return false;
    }

    private static boolean isRecord(byte[] bytes, int at) {
        var prefix = ByteBuffer.wrap(bytes, at, LogRecord.PREFIX_BYTES);
        int length = prefix.getInt();
        if (!LogRecord.plausible(length) || length > bytes.length - at - LogRecord.PREFIX_BYTES) return false;
        return LogRecord.checksum(length, bytes, at + LogRecord.PREFIX_BYTES) == prefix.getInt();
    }
}
