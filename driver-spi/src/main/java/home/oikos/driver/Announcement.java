package home.oikos.driver;

import home.oikos.api.JsonObject;

/// A device nobody asked for has shown itself.
///
/// @param id what the device calls itself, unique within the driver and the same after a restart
/// @param name a name to propose, a DNS label
/// @param modelName a name to propose for its make, a DNS label
/// @param model the `spec` of a DeviceModel made from what the device says of itself
/// @param connection the protocol's block of `spec.connection`
/// @param room where it says it is; empty when it says nothing
public record Announcement(String id, String name, String modelName, JsonObject model, JsonObject connection, String room) { }
