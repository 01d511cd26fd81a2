package home.oikos.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// Reads the block of one resource in a schema file.
/// ```
/// resource PLURAL KIND namespaced|cluster verbs(a,b) [singular(s)] [short(a,b)] [categories(a,b)]
///   /SUBRESOURCE KIND verbs(a,b)
///   columns: NAME[*][:type][=format][@path], ...
///   fieldSelectors: path, ...
/// ```
/// A `*` marks a column of the wide form; `path` is where a simple cell comes from.
final class ResourceParser {
    private final GroupVersion groupVersion;
    private final Function<GroupVersionKind, ObjectSchema> kinds;

    ResourceParser(GroupVersion groupVersion, Function<GroupVersionKind, ObjectSchema> kinds) {
        this.groupVersion = groupVersion;
        this.kinds = kinds;
    }

    ResourceDefinition parse(List<String> block) {
        var words = Notation.words(block.getFirst());
        var kind = words.get(2).name();
        var subresources = new ArrayList<Subresource>();
        List<Column> columns = List.of();
        List<String> selectors = List.of();
        for (var line : block.subList(1, block.size())) {
            var text = line.strip();
            if (text.startsWith("/")) subresources.add(subresource(text));
            else if (text.startsWith("columns: ")) columns = items(text).map(ResourceParser::column).toList();
            else selectors = items(text).toList();
        }
        return new ResourceDefinition(groupVersion, words.get(1).name(), kind, list(words, "singular").getFirst(), list(words, "short"),
                list(words, "categories"), words.get(3).name().equals("namespaced"), list(words, "verbs"), subresources, columns,
                selectors, kinds.apply(groupVersion.kind(kind)));
    }

    private static List<String> list(List<Notation.Word> words, String name) {
        return words.stream().filter(word -> word.name().equals(name)).findFirst().map(Notation.Word::list).orElse(List.of());
    }

    private static java.util.stream.Stream<String> items(String line) {
        return Arrays.stream(line.substring(line.indexOf(": ") + 2).split(", "));
    }

    private Subresource subresource(String line) {
        var words = Notation.words(line);
        return new Subresource(words.getFirst().name().substring(1), kind(words.get(1).name()), list(words, "verbs"));
    }

    private GroupVersionKind kind(String text) {
        int slash = text.lastIndexOf('/');
        return (slash < 0 ? groupVersion : GroupVersion.parse(text.substring(0, slash))).kind(text.substring(slash + 1));
    }

    private static Column column(String whole) {
        int path = whole.indexOf('@');
        var text = path < 0 ? whole : whole.substring(0, path);
        int format = text.indexOf('=');
        var rest = format < 0 ? text : text.substring(0, format);
        boolean wide = rest.endsWith("*");
        if (wide) rest = rest.substring(0, rest.length() - 1);
        int type = rest.indexOf(':');
        return new Column(type < 0 ? rest : rest.substring(0, type), type < 0 ? "string" : rest.substring(type + 1),
                format < 0 ? "" : text.substring(format + 1), "", wide ? 1 : 0,
                path < 0 ? "" : "." + whole.substring(path + 1));
    }
}
