package home.oikos.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// A folder whose files change all at once: they stand in a hidden folder that the link `..data` names, and a change makes a new one and
/// moves the link. A container sees either the old files or the new. One thread writes.
/// @param group who may read the files too: the pod's fsGroup
record AtomicFolder(Path folder, OptionalInt group) {
    private static final String DATA = "..data";

    /// Makes the folder show these files; does nothing when it does already.
    void write(Map<String, ProjectedFiles.File> files) throws IOException {
        Files.createDirectories(folder);
        if (shows(files)) return;
        var next = folder.resolve(".." + UUID.randomUUID());
        for (var file : files.entrySet()) write(next.resolve(file.getKey()), file.getValue());
        Files.createDirectories(next);
        var data = folder.resolve(DATA);
        var before = Files.isSymbolicLink(data) ? folder.resolve(Files.readSymbolicLink(data)) : null;
        Files.deleteIfExists(folder.resolve(DATA + "_tmp"));
        Files.createSymbolicLink(folder.resolve(DATA + "_tmp"), next.getFileName());
        Files.move(folder.resolve(DATA + "_tmp"), data, StandardCopyOption.ATOMIC_MOVE);
        link(files.keySet());
        if (before != null) Folders.delete(before);
    }

    private boolean shows(Map<String, ProjectedFiles.File> files) throws IOException {
        var data = folder.resolve(DATA);
        if (!Files.isDirectory(data)) return false;
        var real = data.toRealPath();
        try (var found = Files.walk(real)) {
            var paths = found.filter(Files::isRegularFile).map(path -> real.relativize(path).toString()).toList();
            if (!Set.copyOf(paths).equals(files.keySet())) return false;
        }
        for (var file : files.entrySet()) {
            if (!Arrays.equals(Files.readAllBytes(real.resolve(file.getKey())), file.getValue().content())) return false;
        }
        return true;
    }

    private void write(Path path, ProjectedFiles.File file) throws IOException {
        Files.createDirectories(path.getParent());
        Files.write(path, file.content());
        Files.setPosixFilePermissions(path, permissions(group.isPresent() ? file.mode() | (file.mode() & 0700) >> 3 & 040 : file.mode()));
        if (group.isPresent()) Files.setAttribute(path, "unix:gid", group.getAsInt());
    }

    static Set<PosixFilePermission> permissions(int mode) {
        var permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (var each : PosixFilePermission.values()) if ((mode >> 8 - each.ordinal() & 1) == 1) permissions.add(each);
        return permissions;
    }

    /// Names at the top: links through `..data`, so that they never change themselves.
    private void link(Set<String> paths) throws IOException {
        var wanted = new TreeSet<String>();
        paths.forEach(path -> wanted.add(path.indexOf('/') < 0 ? path : path.substring(0, path.indexOf('/'))));
        try (var found = Files.list(folder)) {
            for (var old : found.toList()) {
                var name = old.getFileName().toString();
                if (!name.startsWith("..") && !wanted.contains(name)) Files.delete(old);
            }
        }
        for (var name : wanted) {
            if (!Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(folder.resolve(name), Path.of(DATA, name));
            }
        }
    }
}
