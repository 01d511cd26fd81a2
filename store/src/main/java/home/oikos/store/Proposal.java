package home.oikos.store;

import java.util.concurrent.CompletableFuture;

/// A write that waits for its commit. The writer completes it.
record Proposal(Write write, CompletableFuture<Event> answer) {
    Proposal(Write write) {
        this(write, new CompletableFuture<>());
    }
}
