package home.oikos.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// One schema file: the types and resources of a group and version. It cuts the text into blocks at once and reads a block
/// when it is asked for, since a start uses few of the types.
final class SchemaFile {
    private final String name;
    private final GroupVersion groupVersion;
    private final String packageName;
    private final Map<String, ObjectSchema> types = new LinkedHashMap<>();
    private final List<List<String>> resources = new ArrayList<>();
    private final FieldParser parser;

    /// @param name    of the file, by which other files refer to its types
    /// @param foreign finds the type that `FILE/Type` means
    SchemaFile(String name, String text, Function<String, ObjectSchema> foreign) {
        this.name = name;
        this.parser = new FieldParser(type -> type.indexOf('/') < 0 ? type(type) : foreign.apply(type));
        var blocks = blocks(text);
        groupVersion = GroupVersion.parse(header(blocks.getFirst(), "group-version").orElse(name));
        packageName = header(blocks.getFirst(), "package").orElse(name);
        for (var block : blocks) {
            if (block.getFirst().startsWith("type ")) declare(block);
            else if (block.getFirst().startsWith("resource ")) resources.add(block);
        }
    }

    private static Optional<String> header(List<String> block, String word) {
        return block.stream().filter(line -> line.startsWith(word + " ")).map(line -> line.substring(word.length() + 1)).findFirst();
    }

    private static List<List<String>> blocks(String text) {
        var blocks = new ArrayList<List<String>>();
        List<String> block = new ArrayList<>();
        for (var line : text.split("\n")) {
            if (!line.isEmpty() && line.charAt(0) != '#') block.add(line);
            else if (line.isEmpty() && !block.isEmpty()) {
                blocks.add(block);
                block = new ArrayList<>();
            }
        }
        if (!block.isEmpty()) blocks.add(block);
        return blocks;
    }

    private void declare(List<String> block) {
        var words = Notation.words(Notation.withoutDescription(block.getFirst()));
        var simple = words.get(1).name();
        types.put(simple, new ObjectSchema(name + "/" + simple, traits(block.getFirst(), simple, words),
                () -> block.stream().skip(1).map(parser::parse).toList()));
    }

    private ObjectSchema.Traits traits(String line, String simple, List<Notation.Word> words) {
        boolean atomic = false;
        boolean preserve = false;
        String union = "";
        Optional<GroupVersionKind> kind = Optional.empty();
        for (var word : words.subList(2, words.size())) {
            switch (word.name()) {
                case "atomic" -> atomic = true;
                case "preserve" -> preserve = true;
                case "union" -> union = word.arguments();
                case "kind" -> kind = Optional.of(kind(simple, word));
                default -> throw new IllegalStateException(name + ": " + line);
            }
        }
        return new ObjectSchema.Traits(atomic, preserve, union, kind, Notation.description(line));
    }

    /// `kind` alone means the file's own group and version.
    private GroupVersionKind kind(String simple, Notation.Word word) {
        if (word.arguments() == null) return groupVersion.kind(simple);
        int slash = word.arguments().lastIndexOf('/');
        return GroupVersion.parse(word.arguments().substring(0, slash)).kind(word.arguments().substring(slash + 1));
    }

    ObjectSchema type(String simpleName) {
        var type = types.get(simpleName);
        if (type == null) throw new IllegalStateException("no type " + simpleName + " in schema file " + name);
        return type;
    }

    Map<String, ObjectSchema> types() {
        return types;
    }

    GroupVersion groupVersion() {
        return groupVersion;
    }

    String packageName() {
        return packageName;
    }

    List<ResourceDefinition> resources(Function<GroupVersionKind, ObjectSchema> kinds) {
        return resources.stream().map(block -> new ResourceParser(groupVersion, kinds).parse(block)).toList();
    }
}
