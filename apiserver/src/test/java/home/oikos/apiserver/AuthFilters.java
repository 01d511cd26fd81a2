package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.Json;
import home.oikos.http.Filter;
import home.oikos.http.LocalAnswer;
import home.oikos.http.LocalExchange;
import home.oikos.http.LocalRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Runs requests through the filters under test only; answers 200 with the user's name, or the Status of what was thrown.
final class AuthFilters {
    private final LocalExchange exchange;
    /// The user each request that passed was seen as.
    final List<User> seen = new ArrayList<>();

    AuthFilters(Filter... filters) {
        var chain = new ArrayList<Filter>();
        chain.add((request, response, next) -> {
            request.attribute(ApiCall.class, ApiPath.read(request));
            try {
                next.handle(request, response);
            } catch (ApiException e) {
                response.send(e.code(), "application/json", e.status().toJson().bytes());
            }
        });
        chain.addAll(List.of(filters));
        exchange = new LocalExchange(Filter.chain(chain, (request, response) -> {
            seen.add(request.attribute(User.class));
            response.send(200, "application/json", request.attribute(User.class).name().getBytes());
        }));
    }

    int status(LocalRequest request) throws IOException {
        return exchange.call(request).status();
    }

    /// The Status with which the request is refused.
    Json refusal(LocalRequest request) throws IOException {
        var answer = (LocalAnswer.Whole) exchange.call(request);
        if (answer.status() == 200) throw new AssertionError("expected a refusal, the request passed as " + seen.getLast());
        return Json.parse(answer.body());
    }

    User user(LocalRequest request) throws IOException {
        var answer = (LocalAnswer.Whole) exchange.call(request);
        if (answer.status() != 200) throw new AssertionError("expected to pass, got " + new String(answer.body()));
        return seen.getLast();
    }
}
