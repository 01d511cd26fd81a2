package home.oikos.apiserver;

import home.oikos.http.Filter;
import home.oikos.http.Handler;
import home.oikos.http.LocalExchange;
import home.oikos.store.LogStore;
import home.oikos.store.Store;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Random;

/// The real API server on a store in memory, in this process, for the tests of every room: no socket, no TLS, and whoever asks is the
/// administrator.
/// ```
/// try (var api = TestApiServer.start(clock)) {
///     var client = ...;                    // over api.exchange() or api.handler()
/// }
/// ```
public final class TestApiServer implements AutoCloseable {
    private static final User ADMINISTRATOR = User.of("kubernetes-admin", "system:masters", "system:authenticated");

    private final Store store;
    private final ApiServer server;

    private TestApiServer(Store store, ApiServer server) {
        this.store = store;
        this.server = server;
    }

    public static TestApiServer start(Clock clock) throws IOException {
        return start(ApiServerOptions.of(clock, new Random(1)));
    }

    /// @param options a server with other parts; the administrator asks when its security has no filters
    public static TestApiServer start(ApiServerOptions options) throws IOException {
        var store = LogStore.inMemory(options.clock());
        Filter administrator = (request, response, next) -> {
            if (request.attribute(User.class) == null) request.attribute(User.class, ADMINISTRATOR);
            next.handle(request, response);
        };
        var secured = options.security().filters().isEmpty() ? options.withFilters(List.of(administrator)) : options;
        return new TestApiServer(store, ApiServer.start(store, secured));
    }

    public Handler handler() {
        return server.handler();
    }

    public LocalExchange exchange() {
        return new LocalExchange(server.handler());
    }

    public Store store() {
        return store;
    }

    public ApiServer server() {
        return server;
    }

    @Override
    public void close() throws Exception {
        server.close();
        store.close();
    }
}
