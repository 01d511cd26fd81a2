package home.oikos.cli;

import home.oikos.api.Json;
import home.oikos.api.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The objects in a manifest file, a folder of them, or standard input.
final class Manifests {
    private Manifests() { }

    static List<Json> read(String name, Screen screen) throws IOException {
        if (name.equals("-")) return documents("standard input", new String(screen.in().readAllBytes(), StandardCharsets.UTF_8));
        var path = Path.of(name);
        if (!Files.isDirectory(path)) return file(path);
        var all = new ArrayList<Json>();
        try (var files = Files.list(path)) {
            for (var file : files.filter(Manifests::isManifest).sorted().toList()) all.addAll(file(file));
        }
        return all;
    }

    private static boolean isManifest(Path file) {
        return file.toString().matches(".*\\.(ya?ml|json)");
    }

    private static List<Json> file(Path file) throws IOException {
        try {
            return documents(file.toString(), Files.readString(file));
        } catch (NoSuchFileException none) {
            throw new Refusal("there is no file " + file);
        }
    }

    private static List<Json> documents(String name, String text) {
        var objects = new ArrayList<Json>();
        try {
            for (var document : Yaml.parseAll(text)) {
                if (document.at("items").isPresent() && document.at("kind").text("").endsWith("List")) document.at("items").array().forEach(objects::add);
                else if (document.isPresent()) objects.add(document);
            }
        } catch (RuntimeException broken) {
            throw new Refusal(name + " is no YAML: " + broken.getMessage());
        }
        return objects;
    }
}
