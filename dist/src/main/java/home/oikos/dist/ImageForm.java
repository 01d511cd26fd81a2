package home.oikos.dist;

import home.oikos.firmware.StoredContent;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;

/// What an image is by its first bytes. Some devices take only what is named as they know it: swupdate nothing that does not end in `.swu`.
enum ImageForm {
    CPIO_CRC(".swu", "303730373032"), CPIO(".swu", "303730373031"), SQUASHFS(".raucb", "68737173"), ZIP(".zip", "504b0304"), ZIGBEE(".ota", "1ef1ee0b"),
    GZIP(".bin.gz", "1f8b");

    private static final int BYTES_MAX = 6;

    private final String suffix;
    private final byte[] first;

    ImageForm(String suffix, String first) {
        this.suffix = suffix;
        this.first = HexFormat.of().parseHex(first);
    }

    /// What a name of such an image ends in.
    static String suffix(StoredContent content) {
        try (var in = content.open(0)) {
            return suffix(in.readNBytes(BYTES_MAX));
        } catch (IOException unreadable) {
            return ".bin";
        }
    }

    static String suffix(byte[] start) {
        for (var form : values()) if (Arrays.equals(form.first, Arrays.copyOf(start, form.first.length))) return form.suffix;
        return ".bin";
    }
}
