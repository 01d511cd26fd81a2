package home.oikos.apiserver;

import java.util.Optional;

/// The Pod Security Standards, each stricter than the one before.
enum StandardLevel {
    PRIVILEGED, BASELINE, RESTRICTED;

    static Optional<StandardLevel> parse(String text) {
        for (var level : values()) if (level.toString().equals(text)) return Optional.of(level);
        return Optional.empty();
    }

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
