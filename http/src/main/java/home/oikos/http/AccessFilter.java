package home.oikos.http;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Tells a listener about every answer: for metrics and access logs. Put it first, so that what other filters refuse is counted too.
public final class AccessFilter implements Filter {
    private final LongSupplier nanos;
    private final AccessListener listener;

    /// @param nanos the passing of time, such as `System::nanoTime`
    public AccessFilter(LongSupplier nanos, AccessListener listener) {
        this.nanos = nanos;
        this.listener = listener;
    }

    /// A request whose handler failed before it answered counts with the status that the server answers then.
    @Override
    public void apply(Request request, Response response, Handler next) throws Exception {
        var begin = nanos.getAsLong();
        var watched = new StatusResponse(response);
        try {
            next.handle(request, watched);
        } catch (OverloadedException e) {
            watched.assume(429);
            throw e;
        } finally {
            listener.answered(request, watched.status(), Duration.ofNanos(nanos.getAsLong() - begin));
        }
    }

    /// Called on the request's thread when its handler has returned; for a watch or a web socket that is when it has begun.
    @FunctionalInterface
    public interface AccessListener {
        /// @param status as answered; 101 for a web socket
        void answered(Request request, int status, Duration took);
    }
}
