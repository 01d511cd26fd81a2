package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.JsonObject;
import home.oikos.api.Reason;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Answers "who am I" and "whose token is this": the reviews of authentication.k8s.io. Nothing of them is stored.
final class IdentityReviews {
    private final BearerAuthenticator tokens;
    private final List<String> audiences;
    private final Clock clock;

    /// @param audiences whom a token must be for when a review does not say
    IdentityReviews(BearerAuthenticator tokens, List<String> audiences, Clock clock) {
        this.tokens = tokens;
        this.audiences = List.copyOf(audiences);
        this.clock = clock;
    }

    JsonObject self(JsonObject review, User user) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        return review.withAt(now, "metadata", "creationTimestamp").with("status", JsonObject.of("userInfo", json(user)));
    }

    /// A wrong token is an answer, no failure.
    JsonObject token(JsonObject review) {
        var token = review.at("spec", "token").text("");
        if (token.isEmpty()) throw new ApiException(Reason.BAD_REQUEST, "token is required for TokenReview in authentication");
        var wanted = RbacRule.texts(review.at("spec", "audiences"));
        var bearer = tokens.bearer(token, wanted.isEmpty() ? audiences : wanted);
        if (bearer.isEmpty()) return review.with("status", JsonObject.of("user", JsonObject.EMPTY, "error", "invalid bearer token"));
        var user = AuthenticationFilter.completed(bearer.get().user());
        return review.with("status", JsonObject.of("authenticated", true, "user", json(user),
                "audiences", bearer.get().audiences().isEmpty() ? null : bearer.get().audiences()));
    }

    static JsonObject json(User user) {
        return JsonObject.of("username", user.name(), "uid", user.uid().isEmpty() ? null : user.uid(),
                "groups", user.groups().isEmpty() ? null : user.groups(), "extra", user.extra().isEmpty() ? null : user.extra());
    }
}
