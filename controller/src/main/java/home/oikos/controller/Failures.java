package home.oikos.controller;

import home.oikos.api.ObjectKey;

/// Hears of what a reconciler threw. The key is retried all the same.
@FunctionalInterface
public interface Failures {
    void failed(String controller, ObjectKey key, Throwable why);
}
