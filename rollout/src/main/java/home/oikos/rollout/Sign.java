package home.oikos.rollout;

/// A check that is not true of a device now.
///
/// @param unknown whether nobody can say, rather than that it is false
/// @param why a sentence for people, without a full stop
record Sign(Check check, boolean unknown, String why) { }
