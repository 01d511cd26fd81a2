package home.oikos.apiserver;

import home.oikos.store.Event;
import home.oikos.store.Store;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;

/// The thread that keeps [CustomKinds] in line with the store. Requests wait in [#awaitSettled] while a CRD that has been committed is not looked at yet,
/// so that whoever was answered that a CRD is there can use its kinds.
final class CustomKindsLoop implements AutoCloseable {
    /// A request goes on unsettled after 2 s; only a wedged admission reviewer takes so long.
    private static final long SETTLE_WAIT_MILLIS = 100;
    private static final int SETTLE_WAITS_MAX = 20;

    private final CustomKinds kinds;
    private final LinkedHashSet<String> waiting = new LinkedHashSet<>();
    private final AutoCloseable listening;
    private final Thread thread;
    /// Guarded by `waiting`, but read without it: how many definitions wait or are being looked at.
    private volatile int unsettled;
    private boolean closed;

    private CustomKindsLoop(Store store, CustomKinds kinds) throws IOException {
        this.kinds = kinds;
        listening = store.listen(this::hear);
        kinds.reconcileAll().forEach(this::add);
        thread = Thread.ofVirtual().name("custom-kinds").start(this::run);
    }

    /// Everything defined so far is served when this returns.
    static CustomKindsLoop start(Store store, CustomKinds kinds) throws IOException {
        return new CustomKindsLoop(store, kinds);
    }

    private void hear(List<Event> events) {
        for (var event : events) {
            var name = kinds.concerns(event);
            if (name != null) add(name);
        }
    }

    private void add(String name) {
        synchronized (waiting) {
            waiting.add(name);
            unsettled = waiting.size() + 1;
            waiting.notifyAll();
        }
    }

    private void run() {
        for (var name = next(); name != null; name = next()) {
            try {
                if (!kinds.reconcile(name)) continue;
                settle();
                kinds.clear(name);
            } catch (IOException | RuntimeException e) {
                System.getLogger("oikos.apiserver").log(System.Logger.Level.WARNING, "CustomResourceDefinition " + name + " is not served as it says", e);
            }
        }
    }

    private String next() {
        synchronized (waiting) {
            settle();
            while (waiting.isEmpty() && !closed) await(0);
            if (closed) return null;
            return waiting.removeFirst();
        }
    }

    /// The definition in hand is served as it says.
    private void settle() {
        synchronized (waiting) {
            unsettled = waiting.size();
            waiting.notifyAll();
        }
    }

    /// Returns when all CRDs committed so far are served. Costs one read when they are.
    void awaitSettled() {
        if (unsettled == 0 || Thread.currentThread() == thread) return;
        synchronized (waiting) {
            for (int waits = 0; unsettled > 0 && waits < SETTLE_WAITS_MAX; waits++) await(SETTLE_WAIT_MILLIS);
        }
    }

    private void await(long millisMax) {
        try {
            waiting.wait(millisMax);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = closed || Thread.currentThread() == thread;
        }
    }

    @Override
    public void close() throws Exception {
        listening.close();
        synchronized (waiting) {
            closed = true;
            waiting.notifyAll();
        }
        thread.join();
    }
}
