package home.oikos.apiserver;

import java.io.ByteArrayOutputStream;

/// One protobuf message in the making, field after field. What is absent or empty is left out.
final class ProtobufMessage {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    ProtobufMessage text(int number, String text) {
        return text.isEmpty() ? this : bytes(number, ObjectBytes.utf8(text));
    }

    ProtobufMessage message(int number, ProtobufMessage inner) {
        return bytes(number, inner.toBytes());
    }

    ProtobufMessage bool(int number, boolean value) {
        return value ? integer(number, 1) : this;
    }

    ProtobufMessage integer(int number, long value) {
        if (value == 0) return this;
        varint((long) number << 3 | VARINT);
        varint(value);
        return this;
    }

    ProtobufMessage decimal(int number, double value) {
        if (value == 0) return this;
        varint((long) number << 3 | FIXED64);
        long bits = Double.doubleToRawLongBits(value);
        for (int i = 0; i < Double.BYTES; i++) out.write((int) (bits >>> 8 * i));
        return this;
    }

    private ProtobufMessage bytes(int number, byte[] value) {
        varint((long) number << 3 | BYTES);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    private void varint(long value) {
        while ((value & ~0x7fL) != 0) {
            out.write((int) (value & 0x7f | 0x80));
            value >>>= 7;
        }
        out.write((int) value);
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
