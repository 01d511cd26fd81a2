package home.oikos.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is on people's disks: a change here needs a new format version and a conversion.
class LogFormatTest {
    private static final String HEADER = "4f494b4f534c4f4700000001";
    private static final String PUT = "00000027" + "84709651" + "00" + "0000000000000007" + "0000000000000005"
            + "0000000000000010" + "00000001" + "00000002" + "2f61" + "7b37207d";

    @Test
    void theFileHeaderStaysAsItIs() {
        var header = FileHeader.encode(FileHeader.FORMAT).array();
        assertEquals(HEADER, HexFormat.of().formatHex(header).substring(0, HEADER.length()));
        assertEquals(FileHeader.BYTES, header.length);
    }

    @Test
    void aRecordStaysAsItIsAndReadsBack() throws Exception {
        var entry = new Entry("/a", "{7 }".getBytes(StandardCharsets.UTF_8), 1, 7, 5, new Entry.Attachment(null));
        var bytes = LogRecord.put(entry, null, 16).encode(ByteBuffer.allocate(1)).flip();
        var hex = HexFormat.of().formatHex(bytes.array(), 0, bytes.limit());
        assertEquals(PUT, hex);
        var file = HexFormat.of().parseHex(HexFormat.of().formatHex(FileHeader.encode(1).array()) + hex);
        try (var reader = new RecordReader(new ByteArrayInputStream(file))) {
            reader.header("log");
            var record = reader.next().orElseThrow();
            assertArrayEquals(entry.value(), record.value());
            assertEquals("/a", record.key());
        }
    }

    @Test
    void kindsKeepTheirBytes() {
        assertEquals("[PUT, SEALED, DELETE, RESERVE, END]", Arrays.toString(LogRecord.Kind.values()));
    }

    @Test
    void theDefaultsAreWhatIsDocumented() {
        var options = LogOptions.standard();
        assertEquals(Map.of(), options.seals());
        assertEquals(Duration.ofMinutes(5), options.historyAge());
        assertEquals(16 << 20, options.historyBytesMax());
        assertEquals(4 << 20, options.logBytesMin());
    }
}
