package home.oikos.node;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/// How long an answer of another server may be remembered.
final class DnsLifetime {
    private DnsLifetime() { }

    /// The shortest of its records' lives; 0 for failures, answers that were cut, and what cannot be read.
    static long seconds(byte[] message, int questionEnd) {
        try {
            var buffer = ByteBuffer.wrap(message);
            int flags = buffer.getShort(2) & 0xffff;
            int code = flags & 0xf;
            boolean cut = (flags & 0x0200) != 0;
            if (cut || code != DnsAnswer.NO_ERROR && code != DnsAnswer.NO_SUCH_NAME) return 0;
            int records = (buffer.getShort(6) & 0xffff) + (buffer.getShort(8) & 0xffff);
            buffer.position(questionEnd);
            long shortest = records == 0 ? 0 : Long.MAX_VALUE;
            for (int i = 0; i < records; i++) shortest = Math.min(shortest, life(buffer));
            return shortest;
        } catch (IllegalArgumentException | BufferUnderflowException | IndexOutOfBoundsException torn) {
            return 0;
        }
    }

    private static long life(ByteBuffer buffer) {
        DnsName.read(buffer);
        buffer.getInt();
        long seconds = buffer.getInt() & 0xffffffffL;
        int length = buffer.getShort() & 0xffff;
        buffer.position(buffer.position() + length);
        return seconds;
    }
}
