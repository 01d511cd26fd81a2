/// The node agent: pod life cycle, probes, volumes, service proxy, DNS, behind a container runtime it owns the interface of.
/// It schedules nothing. It watches the pods of its node, acts, and reports their status.
package home.oikos.node;
