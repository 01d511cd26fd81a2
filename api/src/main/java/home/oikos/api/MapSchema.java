package home.oikos.api;

/// An object whose member names are free and whose values are all of one type.
public record MapSchema(Schema values, boolean atomic) implements Schema { }
