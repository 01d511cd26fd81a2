package home.oikos.apiserver;

import home.oikos.api.JsonObject;

/// What an update of each built-in kind may not decide, and so keeps or counts, by qualified resource.
final class KindChanges {
    private KindChanges() { }

    /// @param object already with the status of the old one, where the two are written apart
    static JsonObject kept(String resource, JsonObject object, JsonObject old) {
        return switch (resource) {
            case "daemonsets.apps" -> counted(object, old);
            default -> object;
        };
    }

    /// How often the template has changed, which old clients look for in an annotation.
    private static JsonObject counted(JsonObject object, JsonObject old) {
        var before = old.at("metadata", "annotations", WorkloadDefaults.TEMPLATE_GENERATION).text("0");
        long count = before.matches("\\d{1,18}") ? Long.parseLong(before) : 0;
        if (!object.at("spec", "template").equals(old.at("spec", "template"))) count++;
        return object.withAt(Long.toString(count), "metadata", "annotations", WorkloadDefaults.TEMPLATE_GENERATION);
    }
}
