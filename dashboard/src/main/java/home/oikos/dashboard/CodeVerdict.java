package home.oikos.dashboard;

import home.oikos.api.Json;
import java.util.Locale;

/// What the API said of a code.
/// @param reason its word, such as `Accepted`, `Recovered` or `Wrong`
/// @param words what a person reads
record CodeVerdict(boolean accepted, String reason, String words) {
    static CodeVerdict of(Json answer) {
        var reason = answer.at("reason").text("");
        int wait = answer.at("retryAfterSeconds").integer(0);
        return new CodeVerdict(answer.at("accepted").bool(false), reason, words(reason, answer.at("message").text("")) + (wait > 0
                ? " Try again in " + wait + " s." : ""));
    }

    private static String words(String reason, String message) {
        return switch (reason) {
            case "Wrong" -> "That code is wrong.";
            case "Used" -> "That code was used already. Wait for the next one.";
            case "Blocked" -> "That was too soon after a wrong code.";
            case "Locked" -> "Too many codes were wrong. A recovery code still lets in; or, on the machine: ./oikos otp enrol owner --login --anew";
            default -> message.substring(0, Math.min(1, message.length())).toUpperCase(Locale.ROOT) + message.substring(Math.min(1, message.length())) + ".";
        };
    }

    boolean isRecovery() {
        return reason.equals("Recovered");
    }

    boolean isWrong() {
        return reason.equals("Wrong");
    }
}
