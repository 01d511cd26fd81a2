package home.oikos.e2e;

import home.oikos.host.Command;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/// An image as swupdate takes it: an archive of cpio's format "crc" with a description, its CMS signature, and the one file that it puts onto the device.
final class SwuImage {
    private static final int ALIGNMENT_BYTES = 4;
    private static final int BLOCK_BYTES = 512;
    private static final int PLAIN_FILE = 0100644;

    private final ByteArrayOutputStream archive = new ByteArrayOutputStream();
    private int entries;

    private SwuImage() { }

    /// @param installPath where the device puts the content
    static byte[] of(String version, byte[] content, String installPath, Maker maker) throws IOException, GeneralSecurityException {
        var description = """
                software = {
                  version = "%s";
                  hardware-compatibility: [ "%s" ];
                  files: ( { filename = "content"; path = "%s"; sha256 = "%s"; } );
                };
                """.formatted(version, SwupdateDevice.HARDWARE, installPath, HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)))
                .getBytes(StandardCharsets.US_ASCII);
        var image = new SwuImage();
        image.add("sw-description", PLAIN_FILE, description);
        image.add("sw-description.sig", PLAIN_FILE, maker.sign(description));
        image.add("content", PLAIN_FILE, content);
        image.add("TRAILER!!!", 0, new byte[0]);
        image.pad(BLOCK_BYTES);
        return image.archive.toByteArray();
    }

    /// A header of fourteen numbers, each of eight hexadecimal digits; the last is the sum of all bytes.
    private void add(String name, int mode, byte[] content) throws IOException {
        int sum = 0;
        for (byte each : content) sum += each & 0xff;
        int[] numbers = {++entries, mode, 0, 0, 1, 0, content.length, 0, 0, 0, 0, name.length() + 1, sum};
        archive.write("070702".getBytes(StandardCharsets.US_ASCII));
        for (int number : numbers) archive.write("%08X".formatted(number).getBytes(StandardCharsets.US_ASCII));
        archive.write((name + '\0').getBytes(StandardCharsets.US_ASCII));
        pad(ALIGNMENT_BYTES);
        archive.write(content);
        pad(ALIGNMENT_BYTES);
    }

    private void pad(int alignment) {
        while (archive.size() % alignment != 0) archive.write(0);
    }

    /// Who makes devices: a key, and the certificate by which they know what is made for them.
    record Maker(Path key, Path certificate) {
        static Maker in(Path folder, String name) {
            var maker = new Maker(folder.resolve(name + ".key"), folder.resolve(name + ".pem"));
            Command.of("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650", "-subj", "/CN=" + name, "-addext",
                    "extendedKeyUsage=emailProtection", "-keyout", maker.key.toString(), "-out", maker.certificate.toString()).run();
            return maker;
        }

        private byte[] sign(byte[] description) throws IOException {
            var file = Files.createTempFile(key.getParent(), "description", "");
            Files.write(file, description);
            return Command.of("openssl", "cms", "-sign", "-binary", "-nosmimecap", "-outform", "DER", "-in", file.toString(), "-signer", certificate
                    .toString(), "-inkey", key.toString()).run().out();
        }
    }
}
