package home.oikos.api;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What the cells of several kinds have in common, about one object.
record TableCells(JsonObject object, Instant now) {
    static final String NONE = "<none>";

    Json spec(String name) {
        return object.at("spec", name);
    }

    Json status(String name) {
        return object.at("status", name);
    }

    String name() {
        return object.at("metadata", "name").text("");
    }

    String age() {
        return Ages.since(object.at("metadata", "creationTimestamp"), now);
    }

    boolean isDeleting() {
        return object.at("metadata", "deletionTimestamp").isPresent();
    }

    static String orNone(Json text) {
        return or(text, NONE);
    }

    static String or(Json text, String otherwise) {
        var value = text.text("");
        return value.isEmpty() ? otherwise : value;
    }

    static String containers(Json podSpec) {
        return joined(podSpec.at("containers").array(), "name", ",");
    }

    static String images(Json podSpec) {
        return joined(podSpec.at("containers").array(), "image", ",");
    }

    static String joined(JsonArray list, String member, String separator) {
        return list.stream().map(item -> item.at(member).text("")).collect(Collectors.joining(separator));
    }

    static String joined(JsonArray texts, String otherwise) {
        return texts.isEmpty() ? otherwise : texts.stream().map(text -> text.text("")).collect(Collectors.joining(","));
    }

    /// `a=b,c=d`, sorted.
    static String labels(Json labels) {
        if (labels.object().isEmpty()) return NONE;
        return new TreeMap<>(labels.object().members()).entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue().text(""))
                .collect(Collectors.joining(","));
    }

    /// A LabelSelector object in the form of a query: `app=web,tier in (a,b),!legacy`.
    static String selector(Json selector) {
        if (selector.isNull()) return NONE;
        var terms = new TreeMap<String, String>();
        selector.at("matchLabels").object().members().forEach((key, value) -> terms.put(key + " 0", key + "=" + value.text("")));
        for (var expression : selector.at("matchExpressions").array()) terms.put(expression.at("key").text("") + " 1", term(expression));
        return terms.isEmpty() ? NONE : String.join(",", terms.values());
    }

    private static String term(Json expression) {
        var key = expression.at("key").text("");
        var values = expression.at("values").array().stream().map(value -> value.text("")).sorted().collect(Collectors.joining(","));
        return switch (expression.at("operator").text("")) {
            case "In" -> key + " in (" + values + ")";
            case "NotIn" -> key + " notin (" + values + ")";
            case "DoesNotExist" -> "!" + key;
            default -> key;
        };
    }

    static boolean holds(Json conditions, String type) {
        return condition(conditions, type).at("status").text("").equals("True");
    }

    static Json condition(Json conditions, String type) {
        return conditions.array().stream().filter(condition -> condition.at("type").text("").equals(type)).findFirst().orElse(Json.NULL);
    }

    /// At most so many, and how many more there are.
    static String few(List<String> texts, int max) {
        if (texts.size() <= max) return String.join(",", texts);
        return String.join(",", texts.subList(0, max)) + " + " + (texts.size() - max) + " more...";
    }

    static String accessModes(Json modes) {
        return modes.array().stream().map(mode -> switch (mode.text("")) {
            case "ReadWriteOnce" -> "RWO";
            case "ReadOnlyMany" -> "ROX";
            case "ReadWriteMany" -> "RWX";
            case "ReadWriteOncePod" -> "RWOP";
            default -> mode.text("");
        }).distinct().collect(Collectors.joining(","));
    }
}
