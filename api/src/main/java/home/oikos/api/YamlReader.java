package home.oikos.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;

/// Builds trees from YAML events. One reader reads one stream of documents.
final class YamlReader {
    /// Nodes that aliases may stand for in all: a small text must not become a huge tree ("billion laughs"). The largest real
    /// manifests that use anchors repeat some thousand nodes.
    static final int ALIASED_NODES_MAX = 100_000;

    private final Iterator<Event> events;
    private final Consumer<String> duplicates;
    private final Map<String, Json> anchors = new HashMap<>();
    private final Map<String, Integer> sizes = new HashMap<>();
    private int nodes;
    private int aliased;
    private int depth;

    /// @param duplicates hears of each key that stands twice, as Go's YAML tells it: `line 5: key "data" already set in map`
    YamlReader(Iterator<Event> events, Consumer<String> duplicates) {
        this.events = events;
        this.duplicates = duplicates;
    }

    List<Json> documents() {
        var documents = new ArrayList<Json>();
        while (events.hasNext()) {
            if (!(events.next() instanceof DocumentStartEvent)) continue;
            anchors.clear();
            documents.add(node(events.next()));
        }
        return documents;
    }

    private Json node(Event event) {
        if (++depth > JsonParser.DEPTH_MAX) throw new JsonException("yaml: exceeded max depth of " + JsonParser.DEPTH_MAX);
        int before = nodes++;
        var node = switch (event) {
            case ScalarEvent scalar -> named(scalar.getAnchor().map(Object::toString).orElse(null), before, scalar(scalar));
            case SequenceStartEvent start -> named(start.getAnchor().map(Object::toString).orElse(null), before, sequence());
            case MappingStartEvent start -> named(start.getAnchor().map(Object::toString).orElse(null), before, mapping());
            case AliasEvent alias -> alias(alias.getAlias().toString());
            default -> throw new JsonException("yaml: unexpected " + event);
        };
        depth--;
        return node;
    }

    private Json named(String anchor, int nodesBefore, Json node) {
        if (anchor != null) {
            anchors.put(anchor, node);
            sizes.put(anchor, nodes - nodesBefore);
        }
        return node;
    }

    private Json alias(String anchor) {
        var node = anchors.get(anchor);
        if (node == null) throw new JsonException("yaml: unknown anchor '" + anchor + "' referenced");
        nodes += sizes.get(anchor);
        aliased += sizes.get(anchor);
        if (aliased > ALIASED_NODES_MAX) throw new JsonException("yaml: document contains excessive aliasing");
        return node;
    }

    private static Json scalar(ScalarEvent scalar) {
        var tag = scalar.getTag().orElse("");
        if (tag.equals("tag:yaml.org,2002:str")) return new JsonString(scalar.getValue());
        if (scalar.getScalarStyle() == ScalarStyle.PLAIN || tag.startsWith("tag:yaml.org,2002:")) return YamlScalars.plain(scalar.getValue());
        return new JsonString(scalar.getValue());
    }

    private Json sequence() {
        var elements = new ArrayList<Json>();
        for (var event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) elements.add(node(event));
        return new JsonArray(elements);
    }

    private Json mapping() {
        var members = new LinkedHashMap<String, Json>();
        var merged = new LinkedHashMap<String, Json>();
        for (var event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
            var name = key(event);
            var value = node(events.next());
            if (name.equals("<<") && event instanceof ScalarEvent scalar && scalar.getScalarStyle() == ScalarStyle.PLAIN) merge(value,
                    merged);
            else if (members.put(name, value) != null) {
                duplicates.accept("line " + line(event) + ": key \"" + name + "\" already set in map");
            }
        }
        merged.forEach(members::putIfAbsent);
        return JsonObject.owning(members);
    }

    private String key(Event event) {
        return switch (node(event)) {
            case JsonString(var text) -> text;
            case JsonObject _, JsonArray _ -> throw new JsonException("yaml: line " + line(event) + ": a key must be text");
            case Json other -> event instanceof ScalarEvent scalar && other.isNull() ? scalar.getValue() : other.toString();
        };
    }

    /// `<<: *base`, or a list of such; earlier ones win.
    private static void merge(Json value, Map<String, Json> into) {
        if (value instanceof JsonArray list) list.forEach(element -> merge(element, into));
        else value.object().members().forEach(into::putIfAbsent);
    }

    private static int line(Event event) {
        return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
