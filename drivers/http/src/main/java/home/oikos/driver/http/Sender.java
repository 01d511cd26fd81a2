package home.oikos.driver.http;

import home.oikos.api.JsonObject;
import home.oikos.api.ObjectKey;
import home.oikos.driver.Refusals;
import java.util.Optional;

/// One sensor that may post: a Device's block `spec.connection.http`, read and checked.
///
/// @param id what it calls itself
/// @param tokenSecret of its own namespace; empty when it is believed without a token
/// @param gravityUnit what its gravity is in: the body does not say
record Sender(ObjectKey device, String id, Optional<ObjectKey> tokenSecret, String gravityUnit) {
    static final String ISPINDEL = "Ispindel";

    /// @throws IllegalArgumentException when the block makes no sense, with the reason in words
    static Sender read(ObjectKey device, JsonObject block) {
        var format = block.at("format").text("");
        if (!format.equals(ISPINDEL)) throw new IllegalArgumentException("format is " + ISPINDEL + "; found \"" + Refusals.shortened(format) + "\"");
        var id = block.at("id").text("");
        if (id.isEmpty()) throw new IllegalArgumentException("expected the id of the iSpindel");
        var unit = block.at("gravityUnit").text("SG");
        if (!unit.equals("SG") && !unit.equals("Plato")) {
            throw new IllegalArgumentException("gravityUnit is SG or Plato; found \"" + Refusals.shortened(unit) + "\"");
        }
        return new Sender(device, id, block.at("tokenSecretName").text().map(name -> new ObjectKey(device.namespace(), name)), unit);
    }
}
