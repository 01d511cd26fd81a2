package home.oikos.client;

import home.oikos.api.Json;
import java.util.List;

/// A part of a list.
/// @param continue_ asks for the next part; empty at the end
public record Page(List<Json> items, String resourceVersion, String continue_) {
    static Page of(Json list) {
        var metadata = list.at("metadata");
        return new Page(list.at("items").array().elements(), metadata.at("resourceVersion").text(""), metadata.at("continue").text(""));
    }
}
