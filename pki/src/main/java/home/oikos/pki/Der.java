package home.oikos.pki;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One value in DER (ITU-T X.690): what certificates are written in. Only the types that ours hold, only tags below 31.
/// @param tag the identifier octet, with class and whether it is made of parts
/// @param content what the value holds: its parts one after the other, or its bytes
record Der(int tag, byte[] content) {
    private static final int BOOLEAN = 0x01;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int UTF8_STRING = 0x0c;
    private static final int UTC_TIME = 0x17;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int CONTEXT = 0x80;
    private static final int CONSTRUCTED = 0x20;
    static final Der TRUE = new Der(BOOLEAN, new byte[] {(byte) 0xff});
    private static final DateTimeFormatter SHORT_TIME = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter LONG_TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    /// From here on a certificate tells its times with four digits of the year (RFC 5280 section 4.1.2.5).
    private static final Instant LONG_TIMES_FROM = Instant.parse("2050-01-01T00:00:00Z");

    static Der sequence(List<Der> parts) {
        return new Der(SEQUENCE, joined(parts));
    }

    static Der sequence(Der... parts) {
        return sequence(List.of(parts));
    }

    static Der set(Der part) {
        return new Der(SET, part.encoded());
    }

    /// `[number]` with bytes in it.
    static Der tagged(int number, byte[] content) {
        return new Der(CONTEXT | number, content);
    }

    /// `[number]` with parts in it.
    static Der tagged(int number, List<Der> parts) {
        return new Der(CONTEXT | CONSTRUCTED | number, joined(parts));
    }

    static Der integer(BigInteger value) {
        return new Der(INTEGER, value.toByteArray());
    }

    /// @param unused how many of the last bits do not count
    static Der bits(int unused, byte... bytes) {
        var content = new byte[bytes.length + 1];
        content[0] = (byte) unused;
        System.arraycopy(bytes, 0, content, 1, bytes.length);
        return new Der(BIT_STRING, content);
    }

    static Der octets(byte[] bytes) {
        return new Der(OCTET_STRING, bytes);
    }

    static Der text(String text) {
        return new Der(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
    }

    static Der time(Instant time) {
        boolean far = !time.isBefore(LONG_TIMES_FROM);
        return new Der(far ? GENERALIZED_TIME : UTC_TIME, (far ? LONG_TIME : SHORT_TIME).format(time).getBytes(StandardCharsets.US_ASCII));
    }

    /// @param dotted `1.2.840...`
    static Der identifier(String dotted) {
        var arcs = dotted.split("\\.");
        var content = new ByteArrayOutputStream();
        base128(content, 40 * Integer.parseInt(arcs[0]) + Integer.parseInt(arcs[1]));
        for (int i = 2; i < arcs.length; i++) base128(content, Integer.parseInt(arcs[i]));
        return new Der(OBJECT_IDENTIFIER, content.toByteArray());
    }

    /// Seven bits a byte, all but the last marked.
    private static void base128(ByteArrayOutputStream out, int value) {
        int groups = Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(value) + 6) / 7);
        for (int group = groups - 1; group >= 0; group--) out.write(value >> 7 * group & 0x7f | (group > 0 ? 0x80 : 0));
    }

    private static byte[] joined(List<Der> parts) {
        var all = new ByteArrayOutputStream();
        parts.forEach(part -> all.writeBytes(part.encoded()));
        return all.toByteArray();
    }

    byte[] encoded() {
        var out = new ByteArrayOutputStream(content.length + 6);
        out.write(tag);
        length(out);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private void length(ByteArrayOutputStream out) {
        if (content.length < 0x80) {
            out.write(content.length);
            return;
        }
        int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(content.length) + 7) / 8;
        out.write(0x80 | bytes);
        for (int i = bytes - 1; i >= 0; i--) out.write(content.length >> 8 * i);
    }

    /// Reads one value that was written as above.
    /// @throws IllegalArgumentException when it was not
    static Der read(byte[] encoded) {
        var all = all(encoded);
        if (all.isEmpty()) throw new IllegalArgumentException("no value");
        return all.getFirst();
    }

    /// The values this one is made of.
    List<Der> parts() {
        return all(content);
    }

    private static List<Der> all(byte[] encoded) {
        try {
            return read(encoded, new ArrayList<>());
        } catch (IndexOutOfBoundsException | ArithmeticException broken) {
            throw new IllegalArgumentException("a value that is cut short", broken);
        }
    }

    private static List<Der> read(byte[] encoded, List<Der> parts) {
        int at = 0;
        while (at < encoded.length) {
            int tag = encoded[at++] & 0xff;
            int length = encoded[at++] & 0xff;
            if (length >= 0x80) {
                int bytes = length & 0x7f;
                length = new BigInteger(1, encoded, at, bytes).intValueExact();
                at += bytes;
            }
            if (length < 0 || length > encoded.length - at) throw new IllegalArgumentException("a value that ends behind the end");
            parts.add(new Der(tag, Arrays.copyOfRange(encoded, at, at + length)));
            at += length;
        }
        return parts;
    }
}
