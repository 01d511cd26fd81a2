package home.oikos.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The files of the checkout, without what is built.
final class Tree {
    private static final Set<String> PASSED_OVER = Set.of(".git", "target", "node_modules");

    private final Path root;
    private final List<Path> files = new ArrayList<>();

    private Tree(Path root) {
        this.root = root;
    }

    /// The checkout that this module lies in.
    static Tree ofCheckout() {
        var here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("oikos"))) here = here.getParent();
        var tree = new Tree(here);
        try {
            Files.walkFileTree(here, tree.new Collector());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return tree;
    }

    Path root() {
        return root;
    }

    List<Path> files(String suffix) {
        return files.stream().filter(file -> file.toString().endsWith(suffix)).toList();
    }

    List<Source> sources() {
        return files(".java").stream().map(Source::read).toList();
    }

    String name(Path file) {
        return root.relativize(file).toString();
    }

    private final class Collector extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return PASSED_OVER.contains(directory.getFileName().toString()) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files.add(file);
            return FileVisitResult.CONTINUE;
        }
    }
}
