/// Clock, units, bounded queues and task groups: what every other room stands on. It needs only the JDK and knows
/// nothing of Kubernetes. Its types are small and independent of each other.
package home.oikos.base;
