/// The reconcile loop: keyed queue, retry, leases, finalizers, conditions, events. It knows no domain kind.
/// A reconciler gets a key and gives an outcome; one place decides on retry.
package home.oikos.controller;
