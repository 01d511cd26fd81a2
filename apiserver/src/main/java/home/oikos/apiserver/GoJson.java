package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonBoolean;
import home.oikos.api.JsonException;
import home.oikos.api.JsonObject;
import home.oikos.api.JsonString;
import java.util.List;

/// What Go says of text that is not the JSON it wants. People read it in refusals.
final class GoJson {
    private static final List<String> WORDS = List.of("null", "true", "false");

    private GoJson() { }

    /// What is wrong with the text of a JSON object, or null.
    static String objectError(String text) {
        try {
            var json = Json.parse(text);
            return json instanceof JsonObject || json.isNull() ? null
                    : "json: cannot unmarshal " + type(json) + " into Go value of type map[string]interface {}";
        } catch (JsonException e) {
            return syntaxError(text.stripLeading(), e);
        }
    }

    private static String type(Json json) {
        return json instanceof JsonArray ? "array" : json instanceof JsonString ? "string"
                : json instanceof JsonBoolean ? "bool" : "number";
    }

    private static String syntaxError(String text, JsonException e) {
        if (text.isEmpty()) return "unexpected end of JSON input";
        for (var word : WORDS) {
            if (text.charAt(0) == word.charAt(0)) return literalError(text, word, e);
        }
        return "{[\"-0123456789".indexOf(text.charAt(0)) < 0
                ? "invalid character '" + text.charAt(0) + "' looking for beginning of value" : e.getMessage();
    }

    private static String literalError(String text, String word, JsonException e) {
        for (int i = 1; i < word.length(); i++) {
            if (i == text.length()) return "unexpected end of JSON input";
            if (text.charAt(i) != word.charAt(i)) return "invalid character '" + text.charAt(i) + "' in literal " + word + " (expecting '"
                    + word.charAt(i) + "')";
        }
        return e.getMessage();
    }
}
