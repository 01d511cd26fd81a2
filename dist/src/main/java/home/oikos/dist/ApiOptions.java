package home.oikos.dist;

import home.oikos.apiserver.AdmissionReviewer;
import home.oikos.apiserver.ApiServerOptions;
import home.oikos.apiserver.NodeConnection;
import home.oikos.apiserver.User;
import home.oikos.http.Filter;
import home.oikos.store.Store;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/// What the API server of a home is made of.
final class ApiOptions {
    private ApiOptions() { }

    static ApiServerOptions of(Keys keys, Store store, NodeConnection node, AdmissionReviewer reviewer, Clock clock, SecureRandom random) {
        Filter administrator = (request, response, next) -> {
            if (request.attribute(User.class) == null) request.attribute(User.class, User.of("owner", "system:masters", "system:authenticated"));
            next.handle(request, response);
        };
        return ApiServerOptions.of(clock, random).withNode(node).withReviewers(List.of(reviewer)).withSecurity(List.of(administrator));
    }
}
