package home.oikos.http;

import io.netty.channel.EventLoop;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/// The event loop of some connections. After the server has closed it takes tasks and drops them: whoever still writes to a
/// connection then learns from the connection's end, not from here.
record Loop(EventLoop netty) implements Executor {
    @Override
    public void execute(Runnable task) {
        try {
            netty.execute(task);
        } catch (RejectedExecutionException _) {
            // closed, see above
        }
    }

    void executeLater(Runnable task, long millis) {
        netty.schedule(task, millis, TimeUnit.MILLISECONDS);
    }
}
