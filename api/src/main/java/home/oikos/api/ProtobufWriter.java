package home.oikos.api;

import java.util.Arrays;

/// Bytes written from the end to the front, so that the length of a nested message is known when its tag is due.
final class ProtobufWriter {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int BYTES = 2;
    static final int FIXED32 = 5;

    private byte[] buffer = new byte[512];
    private int start = buffer.length;

    int size() {
        return buffer.length - start;
    }

    void raw(byte[] bytes) {
        reserve(bytes.length);
        start -= bytes.length;
        System.arraycopy(bytes, 0, buffer, start, bytes.length);
    }

    void varint(long value) {
        int length = value == 0 ? 1 : (70 - Long.numberOfLeadingZeros(value)) / 7;
        reserve(length);
        start -= length;
        int at = start;
        while ((value & ~0x7fL) != 0) {
            buffer[at++] = (byte) (value & 0x7f | 0x80);
            value >>>= 7;
        }
        buffer[at] = (byte) value;
    }

    void fixed(long value, int bytes) {
        reserve(bytes);
        start -= bytes;
        for (int i = 0; i < bytes; i++) buffer[start + i] = (byte) (value >>> 8 * i);
    }

    void tag(int number, int wireType) {
        varint((long) number << 3 | wireType);
    }

    /// Closes what was written since `sizeBefore` as the length-delimited field of that number.
    void close(int number, int sizeBefore) {
        varint(size() - sizeBefore);
        tag(number, BYTES);
    }

    void bytes(int number, byte[] value) {
        int before = size();
        raw(value);
        close(number, before);
    }

    private void reserve(int bytes) {
        if (start >= bytes) return;
        int used = size();
        var larger = new byte[Math.max(buffer.length * 2, used + bytes + buffer.length)];
        System.arraycopy(buffer, start, larger, larger.length - used, used);
        start = larger.length - used;
        buffer = larger;
    }

    byte[] toBytes() {
        return Arrays.copyOfRange(buffer, start, buffer.length);
    }
}
