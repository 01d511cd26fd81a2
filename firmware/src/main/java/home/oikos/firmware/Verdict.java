package home.oikos.firmware;

import java.util.Optional;

/// Why a firmware is not believed or not allowed.
/// @param reason one word, as a condition tells it
/// @param message a sentence without its full stop
record Verdict(String reason, String message) {
    static Optional<Verdict> of(String reason, String format, Object... arguments) {
        return Optional.of(new Verdict(reason, format.formatted(arguments)));
    }
}
