package home.oikos.dashboard;

import java.util.Optional;

/// As whom a session acts: a ServiceAccount of [Accounts#NAMESPACE].
enum Role {
    OWNER, VIEWER;

    /// The ServiceAccount, and the word in links and sessions.
    String account() {
        return switch (this) {
            case OWNER -> "owner";
            case VIEWER -> "viewer";
        };
    }

    static Optional<Role> of(String account) {
        for (var role : values()) {
            if (role.account().equals(account)) return Optional.of(role);
        }
        return Optional.empty();
    }
}
