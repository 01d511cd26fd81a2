package home.oikos.gateway;

import home.oikos.api.JsonObject;
import java.util.List;

/// `spec.firmware` of a Device: the wish, and what the channel needs to know.
record FirmwareSpec(JsonObject block) {
    String name() {
        return block.at("firmwareName").text("");
    }

    int attempt() {
        return block.at("attempt").integer(0);
    }

    boolean downgrade() {
        return block.at("allowDowngrade").bool(false);
    }

    /// The Secret with what it names itself with.
    String secretName(String device) {
        return block.at("secretName").text(device + "-firmware");
    }

    /// What admission judges anew when it changes.
    List<Object> wish() {
        return List.of(name(), attempt(), downgrade());
    }
}
