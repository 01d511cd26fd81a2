package home.oikos.driver;

/// Make this property of this device have this value.
public record Command(DeviceKey device, String property, Value value) { }
