package home.oikos.rollout;

import home.oikos.api.Json;
import home.oikos.api.ObjectKey;

/// What a rollout needs to know of a Firmware.
record Image(ObjectKey key, String modelName, String version) {
    static Image read(Json firmware) {
        return new Image(ObjectKey.of(firmware), firmware.at("spec", "modelName").text(""), firmware.at("spec", "version").text(""));
    }

    String name() {
        return key.name();
    }
}
