package home.oikos.driver.mqtt;

import home.oikos.api.Json;
import home.oikos.api.JsonDecimal;
import home.oikos.api.JsonInteger;
import home.oikos.driver.Reading;
import home.oikos.driver.Refusals;
import home.oikos.driver.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// A Tilt hydrometer, whose radio beacon a scanner publishes as JSON with `uuid`, `major`, `minor` and perhaps `tx_power` and `rssi`. Source:
/// tilthydrometer.com, "Tilt iBeacon data format".
///
/// @param topic where the scanner publishes it
/// @param color which of several that share the topic; empty for whichever speaks there
record Tilt(String topic, String color) {
    private static final Map<Character, String> COLORS = Map.of('1', "Red", '2', "Green", '3', "Black", '4', "Purple", '5', "Orange", '6', "Blue",
            '7', "Yellow", '8', "Pink");
    private static final Pattern UUID = Pattern.compile("a495bb([1-8])0c5b14b44b5121370f02d74de");
    /// In place of a temperature: `minor` is the version of its firmware then.
    private static final int FIRMWARE = 999;
    /// A Tilt Pro says tenths more of both: no beer has a gravity of 5.
    private static final int PRO = 5_000;
    /// What every beacon says its radio has; newer Tilts say the weeks since their battery was changed every other time instead.
    private static final int RADIO = 197;

    Tilt {
        if (!color.isEmpty() && !COLORS.containsValue(color)) throw new IllegalArgumentException("color is one of Red, Green, Black, Purple, Orange, "
                + "Blue, Yellow, Pink; found " + Refusals.shortened(color));
    }

    /// Whether both may be one Tilt, where they are heard on one topic.
    boolean mayBe(Tilt other) {
        return color.isEmpty() || other.color.isEmpty() || color.equals(other.color);
    }

    /// Which one says this.
    /// @throws IllegalArgumentException when it is no beacon of a Tilt
    static String speaker(Payload payload) {
        return color(payload.root().at("uuid").text(""));
    }

    /// @throws IllegalArgumentException when it is no beacon of a Tilt
    List<Reading> read(Payload payload, boolean retained) {
        var said = payload.root();
        var speaks = color(said.at("uuid").text(""));
        if (!color.isEmpty() && !color.equals(speaks)) return List.of();
        int major = number(said, "major").orElseThrow(() -> new IllegalArgumentException("expected major"));
        int minor = number(said, "minor").orElseThrow(() -> new IllegalArgumentException("expected minor"));
        var readings = new ArrayList<Reading>();
        if (major == FIRMWARE) {
            readings.add(new Reading("firmware", new Value.Number(minor), retained));
        } else {
            boolean pro = minor >= PRO;
            readings.add(new Reading("temperature", new Value.Number(pro ? major / 10.0 : major), retained).in("°F"));
            readings.add(new Reading("gravity", new Value.Number(minor / (pro ? 10_000.0 : 1_000.0)), retained).in("SG"));
        }
        int radio = radio(said).orElse(RADIO) & 0xff;
        if (radio != RADIO) readings.add(new Reading("batteryWeeks", new Value.Number(radio), retained));
        number(said, "rssi").ifPresent(dBm -> readings.add(new Reading("rssi", new Value.Number(dBm), retained)));
        return readings;
    }

    private static String color(String uuid) {
        var known = UUID.matcher(uuid.toLowerCase(Locale.ROOT).replace("-", ""));
        if (!known.matches()) throw new IllegalArgumentException("expected the uuid of a Tilt, found \"" + Refusals.shortened(uuid) + "\"");
        return COLORS.get(known.group(1).charAt(0));
    }

    /// Scanners spell it in two ways, and as a signed byte or not.
    private static OptionalInt radio(Json said) {
        var spelled = number(said, "tx_power");
        return spelled.isPresent() ? spelled : number(said, "txpower");
    }

    private static OptionalInt number(Json said, String member) {
        return switch (said.at(member)) {
            case JsonInteger(var whole) when Math.abs(whole) <= 0xffff -> OptionalInt.of((int) whole);
            case JsonInteger _, JsonDecimal _ -> throw new IllegalArgumentException("expected " + member + " as two bytes, found " + said.at(member));
            default -> OptionalInt.empty();
        };
    }
}
