package home.oikos.http;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/// Runs tasks one after another in the order given, on borrowed threads: what an event loop is for sockets, for watches in process.
final class SerialExecutor implements Executor {
    private static final System.Logger LOG = System.getLogger(SerialExecutor.class.getName());

    private final Executor workers;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean draining;

    SerialExecutor(Executor workers) {
        this.workers = workers;
    }

    @Override
    public synchronized void execute(Runnable task) {
        tasks.add(task);
        if (draining) return;
        draining = true;
        workers.execute(this::drain);
    }

    private void drain() {
        for (var task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "a task failed", e);
            }
        }
    }

    private synchronized Runnable next() {
        var task = tasks.poll();
        draining = task != null;
        return task;
    }
}
