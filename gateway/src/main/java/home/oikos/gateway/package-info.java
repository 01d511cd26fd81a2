/// Runs drivers, holds interlocks, turns readings into status and desired state into commands; serves telemetry.
/// It decides nothing that a person or a rule should decide. Reading in, interlock, command out; the API hears what changed.
package home.oikos.gateway;
