package home.oikos.dice;

/// Why a source is no longer believed.
/// @param reason one CamelCase word
/// @param message a sentence for its owner
public record Alarm(String reason, String message) { }
