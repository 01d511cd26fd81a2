package home.oikos.rollout;

import home.oikos.api.Json;

/// Which firmware somebody wants of a device, and for which time: an attempt that is over is not repeated.
///
/// @param firmwareName empty when none is wanted
record Wish(String firmwareName, int attempt) {
    static Wish read(Json firmware) {
        return new Wish(firmware.at("firmwareName").text(""), firmware.at("attempt").integer(0));
    }

    boolean isNothing() {
        return firmwareName.isEmpty();
    }
}
