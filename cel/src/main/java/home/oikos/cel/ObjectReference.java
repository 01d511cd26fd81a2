package home.oikos.cel;

/// An object of the API that an expression reads.
public record ObjectReference(String apiVersion, String kind, String name) { }
