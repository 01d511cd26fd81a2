package home.oikos.api;

import java.util.List;

/// An object as its kind's schema sees it.
/// @param object  only members the schema knows, without nulls and meaningless zeros, amounts and times in their canonical form
/// @param strict  what strict field validation refuses, in the order of the document: `unknown field "spec.x"`, `duplicate field "data.k"`
public record Decoded(JsonObject object, List<String> strict) {
    public Decoded {
        strict = List.copyOf(strict);
    }

    /// The text with which strict validation refuses; empty when there is nothing.
    public String strictError() {
        return strict.isEmpty() ? "" : "strict decoding error: " + String.join(", ", strict);
    }
}
