package home.oikos.apiserver;

import home.oikos.api.FieldError;
import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.List;

/// Validation of Events in both of their forms. Fields are told by the names of the old one.
final class EventChecks {
    private static final List<String> TYPES = List.of("Normal", "Warning");
    /// What stays once told, by the names of the new form; upstream asks for the reason twice.
    private static final List<String> FIXED = List.of("regarding", "reason", "note", "deprecatedSource", "deprecatedFirstTimestamp",
            "deprecatedLastTimestamp", "deprecatedCount", "reason", "type", "eventTime", "action", "related", "reportingController",
            "reportingInstance");
    private static final int NAME_LENGTH_MAX = 128;
    private static final int MESSAGE_LENGTH_MAX = 1024;

    private EventChecks() { }

    static void check(JsonObject event, boolean core, FieldErrors errors) {
        common(event, core, errors);
        if (core) return;
        series(event.at("series"), errors);
        if (event.at("eventTime").isNull()) errors.add(FieldError.required("eventTime"));
        var type = event.at("type").text("");
        if (!TYPES.contains(type)) errors.invalid("type", "", "has invalid value: " + type);
        for (var old : List.of("firstTimestamp", "lastTimestamp")) {
            if (event.at(young(old)).isPresent()) errors.invalid(old, "", "needs to be unset");
        }
        if (event.at("deprecatedCount").integer(0) != 0) errors.invalid("count", "", "needs to be unset");
        if (!event.at("deprecatedSource").object().isEmpty()) errors.invalid("source", "", "needs to be unset");
    }

    static void change(JsonObject event, JsonObject old, boolean core, FieldErrors errors) {
        common(event, core, errors);
        if (core) return;
        if (!event.at("series").equals(old.at("series"))) series(event.at("series"), errors);
        for (var field : FIXED) {
            var value = event.at(field);
            if (!value.equals(old.at(field))) errors.invalid(told(field), value, "field is immutable");
        }
    }

    private static String young(String old) {
        return "deprecated" + Character.toUpperCase(old.charAt(0)) + old.substring(1);
    }

    private static String told(String young) {
        return switch (young) {
            case "regarding" -> "involvedObject";
            case "note" -> "message";
            default -> young.startsWith("deprecated") ? Character.toLowerCase(young.charAt(10)) + young.substring(11) : young;
        };
    }

    private static void series(Json series, FieldErrors errors) {
        if (series.isNull()) return;
        if (series.at("count").integer(0L) < 2) errors.invalid("series.count", "", "should be at least 2");
        if (series.at("lastObservedTime").isNull()) errors.add(FieldError.required("series.lastObservedTime"));
    }

    /// An event about what has no namespace lies in `default`.
    private static void common(JsonObject event, boolean core, FieldErrors errors) {
        var about = event.at(core ? "involvedObject" : "regarding", "namespace").text("");
        var own = event.at("metadata", "namespace").text("");
        if (about.isEmpty() ? !own.equals("default") : !about.equals(own)) {
            errors.invalid("involvedObject.namespace", about, "does not match event.namespace");
        }
        if (event.at("eventTime").isPresent()) modern(event, core, errors);
    }

    private static void modern(JsonObject event, boolean core, FieldErrors errors) {
        var name = core ? "reportingComponent" : "reportingController";
        var reporter = event.at(name).text("");
        if (reporter.isEmpty()) errors.add(FieldError.required(name));
        else errors.invalid(name, reporter, LabelSyntax.keyError(reporter));
        named(event, "reportingInstance", errors);
        named(event, "action", errors);
        named(event, "reason", errors);
        if (event.at(core ? "message" : "note").text("").length() > MESSAGE_LENGTH_MAX) {
            errors.invalid("message", "", "can have at most " + MESSAGE_LENGTH_MAX + " characters");
        }
    }

    private static void named(JsonObject event, String field, FieldErrors errors) {
        var text = event.at(field).text("");
        if (text.isEmpty()) errors.add(FieldError.required(field));
        if (text.length() > NAME_LENGTH_MAX) errors.invalid(field, "", "can have at most " + NAME_LENGTH_MAX + " characters");
    }
}
