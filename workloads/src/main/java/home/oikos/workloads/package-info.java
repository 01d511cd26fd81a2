/// The controllers of the built-in kinds: deployments, jobs, endpoints, namespaces, garbage, and the scheduler.
/// They decide over the API only and touch no machine. Each is a reconciler over a key.
package home.oikos.workloads;
