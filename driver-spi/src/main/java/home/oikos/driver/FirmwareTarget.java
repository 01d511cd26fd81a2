package home.oikos.driver;

import home.oikos.api.JsonObject;
import java.util.Optional;

/// A device as a [FirmwareChannel] needs to know it.
///
/// @param model the block `spec.firmware` of its model
/// @param device the block `spec.firmware` of the device
/// @param connection `spec.connection` of the device, with its one protocol block
/// @param token the secret that it names itself with; empty when it has none, and then it cannot
/// @param version what it surely runs, by its own word; empty when nobody knows
/// @param offer what it may be brought to now
/// @param installed the update by which it came to that version; empty when it came by another way
public record FirmwareTarget(JsonObject model, JsonObject device, JsonObject connection, String token, String version, Optional<FirmwareOffer> offer,
        Optional<FirmwareOffer> installed) { }
