package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.FieldError;
import home.oikos.api.Reason;
import home.oikos.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The query of a list or watch (ListOptions), checked as upstream checks it.
/// @param limit 0 for none
/// @param timeoutSeconds 0 for the server's choice
record ListParameters(boolean watch, LabelSelector labels, FieldSelector fields, String resourceVersion, String match, long limit,
        String continueToken,
        long timeoutSeconds, boolean bookmarks, Optional<Boolean> sendInitialEvents) {
    private static final List<String> MATCHES = List.of("Exact", "NotOlderThan", "");

    static boolean isWatch(Request request) {
        return flag(request, "watch");
    }

    static ListParameters read(Request request, boolean watch) {
        var parameters = new ListParameters(watch, LabelSelector.parse(text(request, "labelSelector")),
                FieldSelector.parse(text(request, "fieldSelector")),
                text(request, "resourceVersion"), text(request, "resourceVersionMatch"), Math.max(0, integer(request, "limit")),
                text(request, "continue"), integer(request, "timeoutSeconds"), flag(request, "allowWatchBookmarks"),
                request.parameter("sendInitialEvents").map(_ -> flag(request, "sendInitialEvents")));
        var errors = watch ? parameters.watchErrors() : parameters.listErrors();
        if (!errors.isEmpty()) throw new ApiException(ApiStatus.invalid("meta.k8s.io", "ListOptions", "", errors));
        return parameters;
    }

    private static String text(Request request, String name) {
        return request.parameter(name).orElse("");
    }

    /// Anything but 0 and false means true; an empty value too.
    private static boolean flag(Request request, String name) {
        return request.parameter(name).map(v -> !v.equals("0") && !v.equalsIgnoreCase("false")).orElse(false);
    }

    static long integer(Request request, String name) {
        var text = text(request, name);
        try {
            return text.isEmpty() ? 0 : Long.parseLong(text);
        } catch (NumberFormatException _) {
            throw new ApiException(Reason.BAD_REQUEST, "strconv.ParseInt: parsing \"%s\": invalid syntax", text);
        }
    }

    private List<FieldError> watchErrors() {
        var errors = new ArrayList<FieldError>();
        if (sendInitialEvents.isPresent()) {
            if (!match.equals("NotOlderThan")) {
                errors.add(forbiddenMatch("sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"));
                if (!match.isEmpty()) errors.add(FieldError.notSupported("resourceVersionMatch", match, List.of("NotOlderThan")));
            }
        } else if (!match.isEmpty()) {
            errors.add(forbiddenMatch("resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"));
        }
        return errors;
    }

    private List<FieldError> listErrors() {
        var errors = new ArrayList<FieldError>();
        if (sendInitialEvents.isPresent()) errors.add(FieldError.forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list"));
        if (match.isEmpty()) return errors;
        if (resourceVersion.isEmpty()) errors.add(forbiddenMatch("resourceVersionMatch is forbidden unless resourceVersion is provided"));
        if (!continueToken.isEmpty()) errors.add(forbiddenMatch("resourceVersionMatch is forbidden when continue is provided"));
        if (!MATCHES.contains(match)) errors.add(FieldError.notSupported("resourceVersionMatch", match, MATCHES));
        if (match.equals("Exact") && resourceVersion.equals("0")) {
            errors.add(forbiddenMatch("resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
        }
        return errors;
    }

    private static FieldError forbiddenMatch(String why) {
        return FieldError.forbidden("resourceVersionMatch", why);
    }

    boolean selectsAll() {
        return labels.isAll() && fields.isAll();
    }
}
