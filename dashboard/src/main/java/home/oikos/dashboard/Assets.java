package home.oikos.dashboard;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/// The files of the page: ours, and the libraries' from their jars. All live under a folder named after what is in them, so browsers
/// may keep them for ever; only the page itself is asked for anew.
final class Assets {
    static final String ROOT = "/page/";

    private static final List<String> OURS = List.of("api.js", "app.js", "brew.js", "app.webmanifest", "charts.js", "dice.js", "feed.js", "home.js", "icon.svg",
            "icons.js", "login.js", "logs.js", "missed.js", "model.js", "plot.js", "podsheet.js", "rollouts.js", "rules.js", "secondfactor.js", "sessions.js",
            "sheet.js", "shell.js", "sight.js", "spark.js", "story.js", "style.css", "telemetry.js", "terminal.js", "usage.js", "words.js",
            "workloads.js", "yaml.js");
    private static final int FOLDER_DIGITS = 12;

    private final Map<String, Asset> files;
    private final Asset page;

    private Assets(Map<String, Asset> files, Asset page) {
        this.files = files;
        this.page = page;
    }

    static Assets load() {
        try {
            var contents = new TreeMap<String, byte[]>();
            for (var name : OURS) contents.put(name, read("/page/" + name));
            for (var library : libraries().entrySet()) contents.put((String) library.getKey(), read((String) library.getValue()));
            var folder = ROOT + folder(contents) + "/";
            var files = new TreeMap<String, Asset>();
            contents.forEach((name, content) -> files.put(folder + name, Asset.of(name, content)));
            return new Assets(files, page(folder));
        } catch (IOException incomplete) {
            throw new UncheckedIOException(incomplete);
        }
    }

    private static Asset page(String folder) throws IOException {
        var html = new String(read("/page/index.html"), StandardCharsets.UTF_8).replace("{{folder}}", folder);
        return Asset.of("index.html", html.getBytes(StandardCharsets.UTF_8));
    }

    /// Where each library's file is in its jar; the versions are those of the build.
    private static Properties libraries() throws IOException {
        var libraries = new Properties();
        try (var in = Assets.class.getResourceAsStream("/page/libraries.properties")) {
            libraries.load(in);
        }
        return libraries;
    }

    private static String folder(Map<String, byte[]> contents) {
        var all = new ArrayList<String>();
        contents.forEach((name, content) -> all.add(name + " " + Digest.of(content).hex()));
        return Digest.of(String.join("\n", all)).start(FOLDER_DIGITS);
    }

    private static byte[] read(String resource) throws IOException {
        try (var in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) throw new FileNotFoundException("the page lacks " + resource);
            return in.readAllBytes();
        }
    }

    Asset page() {
        return page;
    }

    Optional<Asset> find(String path) {
        return Optional.ofNullable(files.get(path));
    }

    Map<String, Asset> files() {
        return files;
    }
}
