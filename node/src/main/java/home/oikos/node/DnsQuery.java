package home.oikos.node;

import java.nio.ByteBuffer;

/// One question to a DNS server.
/// @param name in lower case, without the last dot
/// @param end where the question ends in the message
record DnsQuery(int id, boolean recursionDesired, String name, int type, int recordClass, int end) {
    static final int A = 1;
    static final int CNAME = 5;
    static final int SOA = 6;
    static final int PTR = 12;
    static final int AAAA = 28;
    static final int SRV = 33;
    static final int ANY = 255;
    private static final int HEADER_BYTES = 12;

    /// @throws IllegalArgumentException when the bytes are no query with one question
    static DnsQuery parse(byte[] message) {
        var buffer = ByteBuffer.wrap(message);
        if (buffer.remaining() < HEADER_BYTES) throw new IllegalArgumentException("shorter than a header");
        int id = buffer.getShort() & 0xffff;
        int flags = buffer.getShort() & 0xffff;
        int questions = buffer.getShort() & 0xffff;
        if ((flags & 0x8000) != 0 || (flags & 0x7800) != 0
                || questions != 1) throw new IllegalArgumentException("no query with one question");
        buffer.position(HEADER_BYTES);
        var name = DnsName.read(buffer);
        if (buffer.remaining() < 4) throw new IllegalArgumentException("question is cut off");
        int type = buffer.getShort() & 0xffff;
        int recordClass = buffer.getShort() & 0xffff;
        return new DnsQuery(id, (flags & 0x0100) != 0, name, type, recordClass, buffer.position());
    }
}
