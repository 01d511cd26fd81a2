package home.oikos.driver;

import home.oikos.api.ObjectKey;

/// Make this property of this device have this value.
public record Command(ObjectKey device, String property, Value value) { }
