package home.oikos.api;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// YAML in and out, as Kubernetes understands it. JSON is YAML too.
public final class Yaml {
    /// A manifest larger than this is no manifest; the API takes 3 MiB.
    private static final int CHARACTERS_MAX = 32 << 20;

    private Yaml() { }

    /// Reads one document; an empty text is null.
    /// @param duplicates hears of each key that stands twice: `line 5: key "data" already set in map`
    /// @throws JsonException when the text is not YAML, or is more than one document
    public static Json parse(byte[] utf8, Consumer<String> duplicates) {
        var documents = documents(new String(utf8, StandardCharsets.UTF_8), duplicates);
        if (documents.size() > 1) throw new JsonException("yaml: expected a single document, found " + documents.size());
        return documents.isEmpty() ? Json.NULL : documents.getFirst();
    }

    public static Json parse(String text) {
        return parse(text.getBytes(StandardCharsets.UTF_8), _ -> { });
    }

    /// Reads all documents of a text, leaving out empty ones: a file of manifests. Members of a List are not unpacked.
    public static List<Json> parseAll(String text) {
        return documents(text, _ -> { }).stream().filter(Json::isPresent).toList();
    }

    private static List<Json> documents(String text, Consumer<String> duplicates) {
        var settings = LoadSettings.builder().setCodePointLimit(CHARACTERS_MAX).setUseMarks(true).build();
        try {
            return new YamlReader(new Parse(settings).parseString(text).iterator(), duplicates).documents();
        } catch (MarkedYamlEngineException e) {
            throw new JsonException("yaml: " + e.getProblemMark().map(mark -> "line " + (mark.getLine() + 1) + ": ").orElse("")
                    + e.getProblem());
        } catch (YamlEngineException e) {
            throw new JsonException("yaml: " + e.getMessage());
        }
    }

    /// Block style, members sorted by name, lists not indented: as `kubectl -o yaml` prints. Ends with a new line.
    public static String write(Json value) {
        return new YamlWriter().document(value);
    }
}
