/// Runs drivers, holds interlocks, turns readings into status and desired state into commands; serves telemetry.
/// It decides nothing that a person or a rule should decide. [House] is the whole state and every decision, without threads, sockets or a
/// clock; [Gateway] gives it those: reading in, interlock, command out, and [StatusPublisher] tells the API what changed.
package home.oikos.gateway;
