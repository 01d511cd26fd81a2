package home.oikos.driver.http;

import home.oikos.api.Json;
import home.oikos.api.JsonDecimal;
import home.oikos.api.JsonException;
import home.oikos.api.JsonInteger;
import home.oikos.api.JsonObject;
import home.oikos.driver.Announcement;
import home.oikos.driver.HydrometerForm;
import home.oikos.driver.ModelForm;
import home.oikos.driver.Reading;
import home.oikos.driver.Refusals;
import home.oikos.driver.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What an iSpindel posts (github.com/universam1/iSpindel, "Generic HTTP"): `{"name":"iSpindel000","ID":12345,"token":"…","angle":44.5,
/// "temperature":19.5,"temp_units":"C","battery":3.9,"gravity":1.038,"interval":900,"RSSI":-61}`.
///
/// @param token empty when it sends none
/// @param intervalSeconds how long it sleeps between two posts; 0 when it does not say
record Ispindel(String id, String name, String token, Map<String, Double> values, String temperatureUnit, int intervalSeconds) {
    private static final int WORDS_MAX = 64;
    /// It sleeps a quarter of an hour unless somebody chose otherwise.
    private static final int USUAL_SECONDS = 900;
    /// What it says, by the name of the property.
    private static final Map<String, String> MEMBERS = Map.of("angle", "angle", "temperature", "temperature", "battery", "battery", "gravity", "gravity",
            "rssi", "RSSI");

    Ispindel {
        values = Map.copyOf(values);
    }

    /// @throws IllegalArgumentException when it is no post of an iSpindel, with what was expected and found
    static Ispindel read(byte[] body) {
        var json = json(body);
        var id = json.at("ID") instanceof JsonInteger(var number) ? Long.toString(number) : json.at("ID").text("");
        if (id.isEmpty() || id.length() > WORDS_MAX) throw expected("ID, a number or up to " + WORDS_MAX + " characters", json.at("ID"));
        var values = new TreeMap<String, Double>();
        MEMBERS.forEach((property, member) -> {
            if (json.has(member)) values.put(property, number(member, json.at(member)));
        });
        if (values.isEmpty()) throw new IllegalArgumentException("expected temperature or gravity, found neither");
        var unit = json.at("temp_units").text("C");
        if (!unit.matches("[CFK]")) throw expected("temp_units C, F or K", json.at("temp_units"));
        return new Ispindel(id, json.at("name").text("ispindel"), json.at("token").text(""), values, unit, json.at("interval").integer(0));
    }

    private static JsonObject json(byte[] body) {
        try {
            if (Json.parse(body) instanceof JsonObject object) return object;
        } catch (JsonException broken) {
            throw new IllegalArgumentException("expected the JSON of an iSpindel: " + broken.getMessage());
        }
        throw new IllegalArgumentException("expected the JSON of an iSpindel, an object");
    }

    private static double number(String member, Json json) {
        return switch (json) {
            case JsonInteger(var whole) -> whole;
            case JsonDecimal(var number) -> number;
            default -> throw expected(member + " as a number", json);
        };
    }

    private static IllegalArgumentException expected(String what, Json found) {
        return new IllegalArgumentException("expected " + what + ", found " + Refusals.shortened(found.toString()));
    }

    List<Reading> readings(String gravityUnit) {
        var readings = new ArrayList<Reading>();
        new TreeMap<>(values).forEach((property, value) -> readings.add(new Reading(property, new Value.Number(value)).in(switch (property) {
            case "temperature" -> temperatureUnit;
            case "gravity" -> gravityUnit;
            default -> "";
        })));
        return readings;
    }

    /// The id under which it is shown while nobody asked for it.
    static String shownAs(String id) {
        return "ispindel/" + id;
    }

    Announcement announcement() {
        return new Announcement(shownAs(id), ModelForm.label(name), "ispindel",
                HydrometerForm.ispindel(intervalSeconds > 0 ? intervalSeconds : USUAL_SECONDS),
                JsonObject.of("format", Sender.ISPINDEL, "id", id), "");
    }
}
