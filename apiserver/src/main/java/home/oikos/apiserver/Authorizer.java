package home.oikos.apiserver;

/// Says who may do what. Called for every request before it is routed, and by reviews; it must be quick and must not block.
@FunctionalInterface
public interface Authorizer {
    Authorization authorize(User user, ApiCall call);

    default boolean allows(User user, ApiCall call) {
        return authorize(user, call).allowed();
    }
}
