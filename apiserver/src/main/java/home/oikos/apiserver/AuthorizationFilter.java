package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.ApiStatus;
import home.oikos.api.GroupVersionResource;
import home.oikos.api.Reason;
import home.oikos.api.StatusDetails;
import home.oikos.http.Filter;
import home.oikos.http.Handler;
import home.oikos.http.Request;
import home.oikos.http.Response;
import java.util.Optional;
import java.util.Set;

/// Lets a request pass when its user may do what it asks for. It stands before routing: someone without rights does not learn which
/// resources exist. Needs the [User] and the [ApiCall] on the request.
final class AuthorizationFilter implements Filter {
    private static final Set<String> COLLECTION_VERBS = Set.of("list", "watch", "deletecollection");

    private static final Set<String> INTO_CONTAINERS = Set.of("exec", "attach", "portforward");

    private final Authorizer authorizer;

    AuthorizationFilter(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    @Override
    public void apply(Request request, Response response, Handler next) throws Exception {
        var user = request.attribute(User.class);
        var call = judged(request, request.attribute(ApiCall.class));
        check(user, call);
        // A browser's WebSocket is a GET: who may only read must not get into a container by it.
        if (call.resource().equals("pods") && call.verb().equals("get") && INTO_CONTAINERS.contains(call.subresource())) check(user,
                call.withVerb("create"));
        next.handle(request, response);
    }

    private void check(User user, ApiCall call) {
        var authorization = authorizer.authorize(user, call);
        if (!authorization.allowed()) throw refusal(user, call, authorization.reason());
    }

    /// A list that can show one name only is judged as a call to that name, so that a rule with resourceNames allows to watch one object.
    private static ApiCall judged(Request request, ApiCall call) {
        if (!call.isResource() || !call.name().isEmpty() || !COLLECTION_VERBS.contains(call.verb())) return call;
        return request.parameter("fieldSelector").flatMap(AuthorizationFilter::singleName).map(call::named).orElse(call);
    }

    /// What is wrong with a selector is told to those who may list, later.
    private static Optional<String> singleName(String selector) {
        try {
            return FieldSelector.parse(selector).singleName().filter(name -> NameSyntax.pathSegmentError(name) == null);
        } catch (ApiException unreadable) {
            return Optional.empty();
        }
    }

    /// The 403 in upstream's words.
    static ApiException refusal(User user, ApiCall call, String reason) {
        var why = sentence(user, call) + (reason.isEmpty() ? "" : ": " + reason);
        if (!call.isResource()) return new ApiException(ApiStatus.failure(Reason.FORBIDDEN, "forbidden: " + why, StatusDetails.EMPTY));
        return new ApiException(ApiStatus.forbidden(new GroupVersionResource(call.group(), call.version(), call.resource()), call.name(),
                why));
    }

    private static String sentence(User user, ApiCall call) {
        if (!call.isResource()) return "User \"%s\" cannot %s path \"%s\"".formatted(user.name(), call.verb(), call.path());
        var resource = call.subresource().isEmpty() ? call.resource() : call.resource() + "/" + call.subresource();
        var where = call.namespace().isEmpty() ? "at the cluster scope" : "in the namespace \"%s\"".formatted(call.namespace());
        return "User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s".formatted(user.name(), call.verb(), resource, call.group(),
                where);
    }
}
