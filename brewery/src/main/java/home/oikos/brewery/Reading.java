package home.oikos.brewery;

/// One reading: seconds since the yeast went in, by the batch's own time, and how much (points of gravity, or degrees Celsius).
record Reading(double batchSeconds, double value) { }
