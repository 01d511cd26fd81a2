package home.oikos.cri;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes a folder as the tar of an image's layer, in the order of names, without what only people read (manuals, translations; licences
/// stay).
record RootTar(Path root) {
    private static final List<String> LEFT_OUT = List.of("usr/share/man", "usr/share/locale", "usr/share/info", "usr/share/lintian",
            "usr/share/bug", "usr/share/doc-base");

    void writeTo(OutputStream out) throws IOException {
        var links = new HashMap<Object, String>();
        try (var tar = new TarWriter(out)) {
            walk(tar, root, links);
        }
    }

    private void walk(TarWriter tar, Path folder, Map<Object, String> links) throws IOException {
        List<Path> entries;
        try (var listed = Files.list(folder)) {
            entries = listed.sorted().toList();
        }
        for (var entry : entries) {
            if (leftOut(root.relativize(entry).toString())) continue;
            write(tar, entry, links);
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) walk(tar, entry, links);
        }
    }

    private static boolean leftOut(String path) {
        boolean documentation = path.startsWith("usr/share/doc/") && path.indexOf('/', 14) > 0 && !path.endsWith("/copyright");
        return documentation || LEFT_OUT.contains(path);
    }

    private void write(TarWriter tar, Path entry, Map<Object, String> links) throws IOException {
        var name = root.relativize(entry).toString();
        var traits = Files.readAttributes(entry, "unix:*", LinkOption.NOFOLLOW_LINKS);
        int mode = (int) traits.get("mode") & 07777;
        int uid = (int) traits.get("uid");
        int gid = (int) traits.get("gid");
        if (Files.isSymbolicLink(entry)) {
            tar.begin(new TarWriter.Member(name, '2', Files.readSymbolicLink(entry).toString(), 0777, uid, gid, 0));
        } else if (Files.isDirectory(entry)) {
            tar.begin(new TarWriter.Member(name + "/", '5', "", mode, uid, gid, 0));
        } else if (Files.isRegularFile(entry)) {
            var first = (int) traits.get("nlink") > 1 ? links.putIfAbsent(traits.get("ino"), name) : null;
            if (first != null) tar.begin(new TarWriter.Member(name, '1', first, mode, uid, gid, 0));
            else content(tar, entry, new TarWriter.Member(name, '0', "", mode, uid, gid, Files.size(entry)));
        }
    }

    private static void content(TarWriter tar, Path file, TarWriter.Member member) throws IOException {
        tar.begin(member);
        try (var in = Files.newInputStream(file)) {
            var buffer = new byte[64 << 10];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) tar.write(buffer, read);
        }
        tar.pad(member.size());
    }
}
