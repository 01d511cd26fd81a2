package home.oikos.http;

import java.util.List;

/// One cross-cutting concern. It answers itself, or calls `next` once with the request or one derived from it.
@FunctionalInterface
public interface Filter {
    void apply(Request request, Response response, Handler next) throws Exception;

    /// The handler that passes a request through the filters in their order, then to the last.
    static Handler chain(List<Filter> filters, Handler last) {
        var handler = last;
        for (var filter : filters.reversed()) {
            var next = handler;
            handler = (request, response) -> filter.apply(request, response, next);
        }
        return handler;
    }
}
