package home.oikos.apiserver;

/// What an [Authorizer] says.
/// @param reason why, for people; may be empty
public record Authorization(boolean allowed, String reason) {
    static final Authorization ALLOWED = new Authorization(true, "");
    static final Authorization REFUSED = new Authorization(false, "");
}
