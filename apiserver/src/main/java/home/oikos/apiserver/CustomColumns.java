package home.oikos.apiserver;

import home.oikos.api.Ages;
import home.oikos.api.Column;
import home.oikos.api.Json;
import home.oikos.api.JsonArray;
import home.oikos.api.JsonDecimal;
import home.oikos.api.JsonInteger;
import home.oikos.api.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The Table of a custom kind: its name, and what its CRD's printer columns find. Immutable.
record CustomColumns(List<Column> columns, List<JsonPath> paths) {
    private static final Column NAME = new Column("Name", "string", "name", "The name, unique within a namespace.", 0, ".metadata.name");
    private static final JsonObject AGE = JsonObject.of("name", "Age", "type", "date", "description", "When it was created.",
            "jsonPath", ".metadata.creationTimestamp");

    static CustomColumns of(JsonObject version) {
        var given = version.at("additionalPrinterColumns").array();
        var columns = new ArrayList<Column>();
        columns.add(NAME);
        for (var column : given.isEmpty() ? JsonArray.of(AGE) : given) columns.add(column(column.object()));
        return new CustomColumns(List.copyOf(columns), columns.stream().map(c -> path(c.jsonPath())).toList());
    }

    private static Column column(JsonObject given) {
        return new Column(given.at("name").text(""), given.at("type").text(""), given.at("format").text(""), given.at("description").text(""),
                given.at("priority").integer(0), given.at("jsonPath").text(""));
    }

    /// A path that cannot be read finds nothing; the CRD's validation has told.
    private static JsonPath path(String text) {
        try {
            return JsonPath.parse(text);
        } catch (IllegalArgumentException _) {
            return new JsonPath(List.of(new JsonPath.Member("\0")));
        }
    }

    JsonArray cells(JsonObject object, Instant now) {
        var cells = new ArrayList<Json>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            var found = paths.get(i).in(object);
            cells.add(found.isEmpty() ? Json.NULL : cell(found.getFirst(), columns.get(i).type(), now));
        }
        return new JsonArray(cells);
    }

    private static Json cell(Json value, String type, Instant now) {
        return switch (type) {
            case "integer" -> value instanceof JsonInteger || value instanceof JsonDecimal ? Json.of(value.integer(0L)) : Json.NULL;
            case "number" -> value instanceof JsonInteger || value instanceof JsonDecimal ? value : Json.NULL;
            case "boolean" -> value instanceof home.oikos.api.JsonBoolean ? value : Json.NULL;
            case "date" -> value.text().map(t -> Json.of(Ages.since(value, now).replace("<unknown>", "<invalid>"))).orElse(Json.NULL);
            default -> value.isNull() ? Json.NULL : Json.of(value.text(value.toString()));
        };
    }
}
