package home.oikos.apiserver;

import java.util.List;
import java.util.Optional;

/// Knows tokens of one kind: ServiceAccounts' here, sessions in the dashboard. Called for every request with a token; it must not block.
@FunctionalInterface
public interface TokenAuthenticator {
    /// Whose token it is.
    /// @param user without `system:authenticated`, which is added
    /// @param audiences those asked for that it is good for
    record Bearer(User user, List<String> audiences) {
        public Bearer {
            audiences = List.copyOf(audiences);
        }
    }

    /// @param audiences the token must be for one of these
    /// @return empty for a token of another kind and for one that is not, or no longer, good
    Optional<Bearer> authenticate(String token, List<String> audiences);
}
