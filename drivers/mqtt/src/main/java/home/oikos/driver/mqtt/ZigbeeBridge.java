package home.oikos.driver.mqtt;

import home.oikos.api.Json;
import home.oikos.api.JsonObject;
import java.util.Arrays;
import java.util.Set;

/// A Zigbee2MQTT bridge in its topics and words, as far as they concern firmware.
///
/// @param base its base topic
record ZigbeeBridge(String base) {
    /// What the bridge can be asked about the firmware of a device, by the end of the topic.
    enum Request {
        UPDATE("update"), DOWNGRADE("update/downgrade"), ABORT("update/abort"), SCHEDULE("schedule"), SCHEDULE_DOWNGRADE("schedule/downgrade"),
        UNSCHEDULE("unschedule"), CHECK("check");

        private final String end;

        Request(String end) {
            this.end = end;
        }
    }

    /// The least versions that fetch an image from where they are told, and that can break an update off. Older ones would fetch another image, or begin.
    static final Version FETCHES = new Version(2, 8);
    static final Version ABORTS = new Version(2, 12);

    /// @throws IllegalArgumentException when it is none
    record Version(int major, int minor) implements Comparable<Version> {
        /// `2.14.1`, `2.14.1-dev`.
        static Version read(String text) {
            if (!text.matches("\\d{1,4}\\.\\d{1,4}(\\D.*)?")) throw new IllegalArgumentException("expected a version such as 2.8.0, found \"" + text + "\"");
            var parts = text.split("\\D+", 3);
            return new Version(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        }

        @Override
        public int compareTo(Version other) {
            return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
        }

        boolean isBefore(Version other) {
            return compareTo(other) < 0;
        }

        @Override
        public String toString() {
            return major + "." + minor;
        }
    }

    String topic(Request request) {
        return base + "/bridge/request/device/ota_update/" + request.end;
    }

    /// An error of a downgrade comes on the topic without that word.
    Set<String> responses() {
        return Set.of(response("update"), response("update/abort"), response("schedule"), response("unschedule"), response("check"));
    }

    private String response(String end) {
        return base + "/bridge/response/device/ota_update/" + end;
    }

    boolean isResponse(String topic) {
        return responses().contains(topic);
    }

    /// Holds its version, among much else.
    String facts() {
        return base + "/bridge/info";
    }

    String state() {
        return base + "/bridge/state";
    }

    /// @param transaction comes back with the answer
    static JsonObject payload(String device, String url, String transaction) {
        return JsonObject.of("id", device, "url", url.isEmpty() ? null : url, "transaction", transaction);
    }

    /// What a device's state says of its firmware.
    ///
    /// @param installed a number, as the device has it; empty when the bridge does not know
    /// @param percent of an update in work, -1 otherwise
    record Said(String state, String installed, int percent) {
        static Said read(Json update) {
            var installed = update.at("installed_version");
            return new Said(update.at("state").text(""), installed.isPresent() ? Wire.word(installed) : "", (int) update.at("progress").decimal(-1));
        }

        boolean isUpdating() {
            return state.equals("updating");
        }

        boolean isScheduled() {
            return state.equals("scheduled");
        }
    }

    /// Whether an error only says that something is under way already.
    static boolean isBusy(String error) {
        return error.contains("already in progress");
    }

    /// Versions of Zigbee firmware are numbers; the bridge wants to know which way it goes.
    static boolean isOlder(String version, String installed, boolean otherwise) {
        boolean numbers = Arrays.asList(version, installed).stream().allMatch(text -> text.matches("\\d{1,18}"));
        return numbers ? Long.parseLong(version) < Long.parseLong(installed) : otherwise;
    }
}
