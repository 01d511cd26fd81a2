package home.oikos.controller;

import home.oikos.api.ObjectKey;

/// Brings one object's world a step nearer to what it asks for. It reads, plans, acts and reports; it gets a key, never an event, and may
/// be called at any time for any key, also for one that is gone. Called by one thread at a time. What it throws is retried with back-off.
@FunctionalInterface
public interface Reconciler {
    Outcome reconcile(ObjectKey key);
}
