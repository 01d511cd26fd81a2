package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.Reason;
import home.oikos.api.StatusCause;
import home.oikos.api.StatusDetails;
import java.util.List;

/// Reading resourceVersions, and refusing those that cannot be served.
final class Revisions {
    private Revisions() { }

    /// @return -1 for no number
    static long parse(String text) {
        try {
            return text.isEmpty() ? 0 : Math.max(-1, Long.parseLong(text));
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    /// What upstream says of a version that is no number.
    static String invalid(String text) {
        return "resourceVersion: Invalid value: \"%s\": strconv.ParseUint: parsing \"%s\": invalid syntax".formatted(text, text);
    }

    /// Get and watch answer 500 to a version that is no number.
    static long parseOrInternalError(String text) {
        long parsed = parse(text);
        if (parsed < 0) throw new ApiException(Reason.UNKNOWN, "%s", invalid(text));
        return parsed;
    }

    /// A revision that has not been yet. Ours never lags, so there is nothing to wait for.
    static void checkNotFuture(long asked, long newest) {
        if (asked <= newest) return;
        var message = "Too large resource version: %d, current: %d".formatted(asked, newest);
        throw new ApiException(ApiStatus.failure(Reason.TIMEOUT, "Timeout: " + message,
                new StatusDetails("", "", "", "", List.of(new StatusCause("ResourceVersionTooLarge", message, "")), 1)));
    }

    static ApiException expired(long asked, long oldest) {
        return new ApiException(Reason.EXPIRED, "too old resource version: %d (%d)", asked, oldest);
    }
}
