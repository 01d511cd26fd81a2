package home.oikos.cli;

import home.oikos.api.Json;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/// Devices as a home owner reads them.
final class Devices {
    private Devices() { }

    static Rows rows(List<Json> devices, Instant now) {
        var rows = new Rows("NAME", "ROOM", "NOW", "WANTED", "IN SYNC", "HEARD");
        for (var device : devices) {
            rows.add(device.at("metadata", "name").text(""), device.at("spec", "room").text("-"), now(device), wanted(device), inSync(device),
                    heard(device, now));
        }
        return rows;
    }

    private static String now(Json device) {
        return device.at("status", "display", "reported").text().orElseGet(() -> values(device.at("status", "reported"), "value"));
    }

    private static String wanted(Json device) {
        return device.at("status", "display", "desired").text().orElseGet(() -> values(device.at("spec", "desired"), ""));
    }

    private static String values(Json properties, String member) {
        var text = properties.object().members().entrySet().stream()
                .map(entry -> entry.getKey() + " " + (member.isEmpty() ? entry.getValue() : entry.getValue().at(member))).collect(Collectors.joining(", "));
        return text.isEmpty() ? "-" : text;
    }

    private static String inSync(Json device) {
        var condition = condition(device, "InSync");
        return switch (condition.at("status").text("")) {
            case "True" -> "yes";
            case "False" -> "no" + because(condition);
            default -> "-";
        };
    }

    private static String because(Json condition) {
        var message = condition.at("message").text(condition.at("reason").text(""));
        return message.isEmpty() ? "" : ": " + message;
    }

    private static String heard(Json device, Instant now) {
        var heard = Words.instant(device.at("status", "heardTime").text("")).map(then -> Words.ago(then, now)).orElse("never");
        if (condition(device, "Online").at("status").text("").equals("False")) return heard + ", offline";
        return condition(device, "Fresh").at("status").text("").equals("False") ? heard + ", late" : heard;
    }

    static Json condition(Json object, String type) {
        for (var condition : object.at("status", "conditions").array()) if (condition.at("type").text("").equals(type)) return condition;
        return Json.NULL;
    }

    static boolean is(Json object, String type) {
        return condition(object, type).at("status").text("").equals("True");
    }
}
