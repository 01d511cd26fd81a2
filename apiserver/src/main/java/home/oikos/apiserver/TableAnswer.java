package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonObject;
import home.oikos.api.TableRows;
import java.util.List;

/// Objects as a Table of meta.k8s.io.
final class TableAnswer {
    private TableAnswer() { }

    static JsonObject of(Representation shown, List<JsonObject> objects, JsonObject metadata, boolean withColumns) {
        var rows = objects.stream().map(o -> (Json) row(shown, o)).toList();
        return table(shown, metadata, withColumns, rows);
    }

    private static JsonObject row(Representation shown, JsonObject object) {
        var cells = shown.resource().rules().cells(shown.resource().definition(), object, shown.clock().instant());
        return JsonObject.of("cells", cells, "object", rowObject(shown, object));
    }

    private static JsonObject table(Representation shown, JsonObject metadata, boolean withColumns, List<Json> rows) {
        var columns = shown.resource().definition().columns().stream()
                .map(c -> JsonObject.of("name", c.name(), "type", c.type(), "format", c.format(),
                "description", c.description(), "priority", c.priority())).toList();
        return JsonObject.of("kind", "Table", "apiVersion", "meta.k8s.io/" + shown.accepted().version(), "metadata", metadata,
                "columnDefinitions", withColumns ? columns : Json.NULL, "rows", new JsonArray(rows));
    }

    private static Json rowObject(Representation shown, JsonObject object) {
        return switch (shown.includeObject()) {
            case "None" -> Json.NULL;
            case "Object" -> object;
            default -> shown.partial(object);
        };
    }

    static JsonObject bookmark(Representation shown, JsonObject bare) {
        return table(shown, JsonObject.of("resourceVersion", bare.at("metadata", "resourceVersion")), false,
                List.of(JsonObject.of("cells", JsonArray.EMPTY, "object", rowObject(shown, bare))));
    }
}
