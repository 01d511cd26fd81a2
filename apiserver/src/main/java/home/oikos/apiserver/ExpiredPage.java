package home.oikos.apiserver;

import home.oikos.api.ApiStatus;
import home.oikos.api.JsonObject;
import home.oikos.api.Reason;

/// A continue token whose snapshot is gone: 410 with a token that goes on in the newest state, at the price of pages that do not fit
/// together.
final class ExpiredPage extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String inconsistent;

    ExpiredPage(ContinueToken token) {
        super("the page has expired", null, false, false);
        inconsistent = new ContinueToken(0, token.start()).encode();
    }

    JsonObject status() {
        var status = ApiStatus.failure(Reason.EXPIRED,
                "The provided continue parameter is too old to display a consistent list result. You can start a new"
                + " list without the continue parameter, or use the continue token in this response to retrieve the remainder of the "
                + "results."
                + " Continuing with the provided token results in an inconsistent list - objects that were created, modified, or "
                + "deleted between the"
                + " time the first chunk was returned and now may show up in the list.");
        return status.toJson().with("metadata", JsonObject.of("continue", inconsistent));
    }
}
