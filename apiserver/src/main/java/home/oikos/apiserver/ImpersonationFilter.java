package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.http.Filter;
import home.oikos.http.Handler;
import home.oikos.http.Request;
import home.oikos.http.Response;

/// Lets a user act as another, when rules allow it: replaces the [User] on the request by the one asked for in `Impersonate-` headers.
/// Every mode that applies is tried; when all refuse, the first refusal is told, which is that of the narrowest mode.
final class ImpersonationFilter implements Filter {
    private final Authorizer authorizer;

    ImpersonationFilter(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    @Override
    public void apply(Request request, Response response, Handler next) throws Exception {
        var asked = Impersonation.of(request);
        if (asked.isPresent()) {
            var requestor = request.attribute(User.class);
            var mode = mode(requestor, asked.get(), request.attribute(ApiCall.class));
            request.attribute(Impersonator.class, new Impersonator(requestor));
            request.attribute(User.class, asked.get().impersonated(mode));
        }
        next.handle(request, response);
    }

    private ImpersonationMode mode(User requestor, Impersonation asked, ApiCall call) {
        ApiException first = null;
        for (var mode : ImpersonationMode.values()) {
            if (!mode.appliesTo(asked, requestor)) continue;
            var refusal = refusal(requestor, mode, asked, call);
            if (refusal == null) return mode;
            if (first == null) first = refusal;
        }
        throw first;
    }

    /// Null when the mode allows it.
    private ApiException refusal(User requestor, ImpersonationMode mode, Impersonation asked, ApiCall call) {
        for (var check : mode.checks(asked, call)) {
            var authorization = authorizer.authorize(requestor, check);
            if (!authorization.allowed()) return AuthorizationFilter.refusal(requestor, check, authorization.reason());
        }
        var forbidden = mode.forbidden(asked);
        return forbidden.isEmpty() ? null : AuthorizationFilter.refusal(requestor, mode.groupsCheck(), forbidden);
    }
}
