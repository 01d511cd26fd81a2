/// Benchmarks, each a program that prints its numbers beside what the machine can do. No tests, and part of no product. Each stands
/// alone: run the class in a JVM of its own on the disk in question.
package home.oikos.bench;
