package home.oikos.node;

import java.nio.ByteBuffer;
import java.util.List;

/// What our own zones say to a question.
/// @param authority what stands beside an empty answer, so that others may remember it
record DnsAnswer(int code, List<DnsRecord> records, List<DnsRecord> authority) {
    static final int NO_ERROR = 0;
    static final int FORMAT_ERROR = 1;
    static final int SERVER_FAILURE = 2;
    static final int NO_SUCH_NAME = 3;
    private static final int HEADER_BYTES = 12;

    DnsAnswer {
        records = List.copyOf(records);
        authority = List.copyOf(authority);
    }

    static DnsAnswer failure() {
        return new DnsAnswer(SERVER_FAILURE, List.of(), List.of());
    }

    /// The whole message. What does not fit is left out and said so: the asker comes again over TCP.
    byte[] message(byte[] question, DnsQuery query, int bytesMax) {
        int questionBytes = query.end() - HEADER_BYTES;
        int size = HEADER_BYTES + questionBytes + records.stream().mapToInt(DnsRecord::size).sum()
                + authority.stream().mapToInt(DnsRecord::size).sum();
        boolean cut = size > bytesMax;
        var out = ByteBuffer.allocate(cut ? HEADER_BYTES + questionBytes : size);
        int flags = 0x8480 | (query.recursionDesired() ? 0x0100 : 0) | (cut ? 0x0200 : 0) | code;
        out.putShort((short) query.id()).putShort((short) flags).putShort((short) 1);
        out.putShort((short) (cut ? 0 : records.size())).putShort((short) (cut ? 0 : authority.size())).putShort((short) 0);
        out.put(question, HEADER_BYTES, questionBytes);
        if (!cut) records.forEach(record -> record.write(out));
        if (!cut) authority.forEach(record -> record.write(out));
        return out.array();
    }
}
