package home.oikos.apiserver;

import home.oikos.api.Json;
import java.util.ArrayList;
import java.util.Collections;

/// A label selector object in its text form, its terms sorted: `app=r,t in (a,b)`.
final class SelectorText {
    private SelectorText() { }

    static String of(Json selector) {
        var terms = new ArrayList<String>();
        selector.at("matchLabels").object().members().forEach((key, value) -> terms.add(key + "=" + value.text("")));
        for (var expression : selector.at("matchExpressions").array()) terms.add(term(expression));
        Collections.sort(terms);
        return String.join(",", terms);
    }

    private static String term(Json expression) {
        var key = expression.at("key").text("");
        var values = String.join(",", expression.at("values").array().stream().map(v -> v.text("")).sorted().toList());
        return switch (expression.at("operator").text("")) {
            case "In" -> key + " in (" + values + ")";
            case "NotIn" -> key + " notin (" + values + ")";
            case "DoesNotExist" -> "!" + key;
            default -> key;
        };
    }
}
