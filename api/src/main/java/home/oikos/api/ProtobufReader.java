package home.oikos.api;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads the fields of one message: a range of bytes.
final class ProtobufReader {
    private final byte[] in;
    private final int end;
    private int at;

    ProtobufReader(byte[] in, int from, int end) {
        this.in = in;
        this.at = from;
        this.end = end;
    }

    ProtobufReader(byte[] in) {
        this(in, 0, in.length);
    }

    boolean hasMore() {
        return at < end;
    }

    boolean isEmpty() {
        return at >= end;
    }

    long varint() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            byte next = next();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) return value;
        }
        throw new ProtobufException("varint is longer than 10 bytes");
    }

    private byte next() {
        if (at >= end) throw new ProtobufException("unexpected end of message");
        return in[at++];
    }

    long fixed(int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) value |= (next() & 0xffL) << 8 * i;
        return value;
    }

    /// The length-delimited field at this place, as a range of its own.
    ProtobufReader nested() {
        long length = varint();
        if (length < 0 || length > end - at) throw new ProtobufException("field is longer than its message");
        int from = at;
        at += (int) length;
        return new ProtobufReader(in, from, at);
    }

    byte[] bytes() {
        var copy = Arrays.copyOfRange(in, at, end);
        at = end;
        return copy;
    }

    String text() {
        var text = new String(in, at, end - at, StandardCharsets.UTF_8);
        at = end;
        return text;
    }

    void skip(int wireType) {
        switch (wireType) {
            case ProtobufWriter.VARINT -> varint();
            case ProtobufWriter.FIXED64 -> fixed(8);
            case ProtobufWriter.BYTES -> nested();
            case ProtobufWriter.FIXED32 -> fixed(4);
            default -> throw new ProtobufException("wire type " + wireType + " is not supported");
        }
    }
}
