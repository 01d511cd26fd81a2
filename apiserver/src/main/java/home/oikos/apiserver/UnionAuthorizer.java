package home.oikos.apiserver;

import java.util.ArrayList;
import java.util.List;

/// Allows what one of several allows.
record UnionAuthorizer(List<Authorizer> authorizers) implements Authorizer {
    UnionAuthorizer {
        authorizers = List.copyOf(authorizers);
    }

    @Override
    public Authorization authorize(User user, ApiCall call) {
        var reasons = new ArrayList<String>();
        for (var authorizer : authorizers) {
            var authorization = authorizer.authorize(user, call);
            if (authorization.allowed()) return authorization;
            if (!authorization.reason().isEmpty()) reasons.add(authorization.reason());
        }
        return reasons.isEmpty() ? Authorization.REFUSED : new Authorization(false, String.join("\n", reasons));
    }
}
