package home.oikos.home;

import home.oikos.api.Json;
import java.util.List;

/// Reads managedFields: who set a field last.
final class Ownership {
    private Ownership() { }

    /// Whether that manager owns the field. An object that keeps no managedFields does not say, and its value decides alone.
    static boolean holds(Json object, String fieldManager, List<String> path) {
        var managed = object.at("metadata", "managedFields").array();
        if (managed.isEmpty()) return true;
        return managed.stream().filter(entry -> entry.at("manager").text("").equals(fieldManager)).anyMatch(entry -> contains(entry.at("fieldsV1"), path));
    }

    private static boolean contains(Json fields, List<String> path) {
        var found = fields;
        for (var name : path) found = found.at("f:" + name);
        return found.isPresent();
    }
}
