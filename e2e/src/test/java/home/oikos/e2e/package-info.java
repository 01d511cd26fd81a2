/// Whole homes, started as their owners start them and seen from outside: the script, kubectl, HTTP, the simulated house. Nothing here
/// reaches into a home's process. A [Machine] is a network name space of its own, a [Home] lives on it, [Eventually] waits for what takes time.
package home.oikos.e2e;
