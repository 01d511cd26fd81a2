package home.oikos.apiserver;

import home.oikos.http.Request;

/// Finds out from one kind of credentials who asks. Called for every request; it must not block.
@FunctionalInterface
interface Authenticator {
    Authentication authenticate(Request request);
}
