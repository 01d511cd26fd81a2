package home.oikos.dist;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// What a backup holds, inside its seal: the store, and the files a home is known by (keys, certificates, choices, accounts).
final class Archive {
    static final String STORE = "store";
    static final String ROOT_KEY = "root-key";
    /// The bytes of firmware: whole files, each as large as an image may be, that are read and written bit by bit.
    static final String IMAGES = "firmware";
    /// Below DIR. The root key goes under a name of its own, as it may lie elsewhere.
    static final List<String> FOLDERS = List.of("pki", "keys", "mqtt", IMAGES);
    static final String SETTINGS = "home.json";
    /// No entry of a home's backup but the store and images is larger than a list of broker accounts.
    private static final int FILE_BYTES_MAX = 8 << 20;

    private Archive() { }

    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    static void write(OutputStream out, Path data, byte[] rootKey, Content store) throws IOException {
        var zip = new ZipOutputStream(out);
        entry(zip, ROOT_KEY, to -> to.write(rootKey));
        entry(zip, SETTINGS, to -> Files.copy(data.resolve(SETTINGS), to));
        for (var folder : FOLDERS) folder(zip, data, data.resolve(folder));
        entry(zip, STORE, store);
        zip.finish();
    }

    private static void folder(ZipOutputStream zip, Path data, Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return;
        try (var files = Files.list(folder)) {
            for (var file : files.filter(Archive::isWhole).sorted().toList()) {
                if (file.endsWith("keys/root")) continue;
                entry(zip, data.relativize(file).toString(), to -> Files.copy(file, to));
            }
        }
    }

    /// What is just being uploaded is no part of the home yet.
    private static boolean isWhole(Path file) {
        return Files.isRegularFile(file) && !file.getFileName().toString().endsWith(".part");
    }

    private static void entry(ZipOutputStream zip, String name, Content content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        content.writeTo(zip);
        zip.closeEntry();
    }

    /// Hears every entry of an archive in its order; the stream ends with the entry.
    @FunctionalInterface
    interface Visitor {
        void visit(String name, InputStream content) throws IOException;
    }

    static void read(InputStream in, Visitor visitor) throws IOException {
        var zip = new ZipInputStream(in);
        for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) visitor.visit(entry.getName(), zip);
    }

    /// The content of a small entry.
    static byte[] small(String name, InputStream content) throws IOException {
        var bytes = content.readNBytes(FILE_BYTES_MAX + 1);
        if (bytes.length > FILE_BYTES_MAX) throw new IOException("entry " + name + " of the backup is longer than " + FILE_BYTES_MAX + " bytes");
        return bytes;
    }
}
