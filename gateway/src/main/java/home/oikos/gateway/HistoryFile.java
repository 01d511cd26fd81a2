package home.oikos.gateway;

import home.oikos.api.ObjectKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// The history of one day: records of length, CRC32C, the series and a chunk, one after another. It is only ever appended to; a record that
/// a crash tore is cut off, and nothing before it is lost.
final class HistoryFile {
    private static final int HEAD_BYTES = 8;
    /// A record is a few hundred bytes; a length beyond this is damage.
    private static final int RECORD_BYTES_MAX = 1 << 20;

    private final Path path;

    HistoryFile(Path path) {
        this.path = path;
    }

    /// One chunk as it is written.
    record Record(Series series, byte[] chunk) {
        byte[] bytes() {
            var name = (series.device().namespace() + "\0" + series.device().name() + "\0" + series.property()).getBytes(StandardCharsets.UTF_8);
            var body = ByteBuffer.allocate(2 + name.length + chunk.length).putShort((short) name.length).put(name).put(chunk).array();
            return ByteBuffer.allocate(HEAD_BYTES + body.length).putInt(body.length).putInt(checksum(body, 0, body.length)).put(body).array();
        }
    }

    private static int checksum(byte[] bytes, int from, int length) {
        var crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    /// Appends in one write; the kernel decides when it reaches the disk.
    /// @return the bytes written
    int append(List<Record> records) throws IOException {
        var all = records.stream().map(Record::bytes).toList();
        var buffer = ByteBuffer.allocate(all.stream().mapToInt(bytes -> bytes.length).sum());
        all.forEach(buffer::put);
        Files.write(path, buffer.array(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return buffer.capacity();
    }

    long size() throws IOException {
        return Files.exists(path) ? Files.size(path) : 0;
    }

    /// Cuts off what a crash left unfinished, so that what is appended next can be read.
    void repair() throws IOException {
        if (!Files.exists(path)) return;
        var bytes = Files.readAllBytes(path);
        int whole = 0;
        for (int next = end(bytes, 0); next > 0; next = end(bytes, next)) whole = next;
        if (whole == bytes.length) return;
        try (var file = Files.newByteChannel(path, StandardOpenOption.WRITE)) {
            file.truncate(whole);
        }
    }

    /// Where the record at that place ends; 0 when there is no whole one.
    private static int end(byte[] bytes, int at) {
        if (bytes.length - at < HEAD_BYTES) return 0;
        var head = ByteBuffer.wrap(bytes, at, HEAD_BYTES);
        int length = head.getInt();
        int sum = head.getInt();
        if (length < 2 || length > RECORD_BYTES_MAX || bytes.length - at - HEAD_BYTES < length) return 0;
        return checksum(bytes, at + HEAD_BYTES, length) == sum ? at + HEAD_BYTES + length : 0;
    }

    List<Sample> read(Series series) throws IOException {
        if (!Files.exists(path)) return List.of();
        var bytes = Files.readAllBytes(path);
        var samples = new ArrayList<Sample>();
        int at = 0;
        for (int next = end(bytes, 0); next > 0; next = end(bytes, next)) {
            int nameLength = ByteBuffer.wrap(bytes, at + HEAD_BYTES, 2).getShort();
            int chunk = at + HEAD_BYTES + 2 + nameLength;
            var name = new String(bytes, at + HEAD_BYTES + 2, nameLength, StandardCharsets.UTF_8);
            if (series(name).equals(series)) samples.addAll(Chunk.read(bytes, chunk, next));
            at = next;
        }
        return samples;
    }

    private static Series series(String name) {
        var parts = name.split("\0", 3);
        return new Series(new ObjectKey(parts[0], parts[1]), parts[2]);
    }
}
