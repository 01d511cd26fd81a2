package home.oikos.apiserver;

import home.oikos.api.ApiException;
import home.oikos.api.Reason;
import home.oikos.http.Filter;
import home.oikos.http.Handler;
import home.oikos.http.Request;
import home.oikos.http.Response;
import java.util.ArrayList;
import java.util.List;

/// Finds out who asks and puts the [User] on the request. Without credentials it is `system:anonymous`; with wrong ones 401.
/// A request from inside this process may carry its User already: only our own code can put it there.
final class AuthenticationFilter implements Filter {
    private static final String AUTHENTICATED = "system:authenticated";
    private static final String UNAUTHENTICATED = "system:unauthenticated";

    private final List<Authenticator> authenticators;

    AuthenticationFilter(List<Authenticator> authenticators) {
        this.authenticators = List.copyOf(authenticators);
    }

    @Override
    public void apply(Request request, Response response, Handler next) throws Exception {
        var inside = request.attribute(User.class);
        request.attribute(User.class, completed(inside != null ? inside : user(request)));
        next.handle(request, response);
    }

    private User user(Request request) {
        var wrong = false;
        for (var authenticator : authenticators) {
            switch (authenticator.authenticate(request)) {
                case Authentication.Known(var user) -> {
                    return user;
                }
                case Authentication.Wrong _ -> wrong = true;
                case Authentication.Absent _ -> { }
            }
        }
        if (wrong) throw new ApiException(Reason.UNAUTHORIZED, "Unauthorized");
        return User.anonymous();
    }

    /// The user with the group of all who are known, unless it is nobody.
    static User completed(User user) {
        var anonymous = user.name().equals("system:anonymous");
        if (user.groups().contains(UNAUTHENTICATED) || !anonymous && user.groups().contains(AUTHENTICATED)) return user;
        var groups = new ArrayList<>(user.groups());
        groups.add(anonymous ? UNAUTHENTICATED : AUTHENTICATED);
        return new User(user.name(), user.uid(), groups, user.extra());
    }
}
