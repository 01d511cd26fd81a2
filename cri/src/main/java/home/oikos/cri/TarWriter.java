package home.oikos.cri;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes a tar archive (POSIX ustar, with GNU's long names) that depends on its content alone: every time is 1970.
final class TarWriter implements AutoCloseable {
    private static final int BLOCK = 512;
    private static final int NAME_BYTES_MAX = 100;

    private final OutputStream out;

    TarWriter(OutputStream out) {
        this.out = out;
    }

    /// One member of the archive without its content. A directory's name ends in a slash.
    record Member(String name, char type, String link, int mode, int uid, int gid, long size) { }

    void file(String name, byte[] content, int mode) throws IOException {
        begin(new Member(name, '0', "", mode, 0, 0, content.length));
        out.write(content);
        pad(content.length);
    }

    void directory(String name) throws IOException {
        begin(new Member(name + "/", '5', "", 0755, 0, 0, 0));
    }

    /// Writes the head of a member; its content and [#pad] follow.
    void begin(Member member) throws IOException {
        longName(member.name(), 'L');
        longName(member.link(), 'K');
        out.write(header(member));
    }

    void write(byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
    }

    /// Fills up the last block of a member's content.
    void pad(long size) throws IOException {
        out.write(new byte[(int) (-size & BLOCK - 1)]);
    }

    private void longName(String name, char type) throws IOException {
        var bytes = (name + '\0').getBytes(StandardCharsets.UTF_8);
        if (bytes.length - 1 <= NAME_BYTES_MAX) return;
        out.write(header(new Member("././@LongLink", type, "", 0, 0, 0, bytes.length)));
        out.write(bytes);
        pad(bytes.length);
    }

    private static byte[] header(Member member) {
        var header = new byte[BLOCK];
        text(header, 0, NAME_BYTES_MAX, member.name());
        octal(header, 100, 8, member.mode());
        octal(header, 108, 8, member.uid());
        octal(header, 116, 8, member.gid());
        octal(header, 124, 12, member.size());
        octal(header, 136, 12, 0);
        Arrays.fill(header, 148, 156, (byte) ' ');
        header[156] = (byte) member.type();
        text(header, 157, NAME_BYTES_MAX, member.link());
        text(header, 257, 8, "ustar\00000");
        int sum = 0;
        for (var b : header) sum += b & 0xff;
        text(header, 148, 8, "%06o\0 ".formatted(sum));
        return header;
    }

    private static void text(byte[] header, int at, int length, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, Math.min(bytes.length, length));
    }

    private static void octal(byte[] header, int at, int length, long value) {
        text(header, at, length, ("%0" + (length - 1) + "o").formatted(value));
    }

    @Override
    public void close() throws IOException {
        out.write(new byte[2 * BLOCK]);
        out.flush();
    }
}
