package home.oikos.gateway;

/// One reading: when, in milliseconds since 1970, and how much.
public record Sample(long millis, double value) { }
