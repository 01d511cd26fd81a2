package home.oikos.apiserver;

/// The outcome of a write.
/// @param stored the object's bytes as stored, or as they would be
/// @param created whether the object is new
record Written(byte[] stored, boolean created) { }
