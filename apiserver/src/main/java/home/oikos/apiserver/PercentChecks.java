package home.oikos.apiserver;

import home.oikos.api.Json;
import home.oikos.api.JsonString;

/// Validation of amounts that may be a number or a percentage.
final class PercentChecks {
    private static final int WHOLE_PERCENT = 100;

    private PercentChecks() { }

    static void notNegative(Json amount, String path, FieldErrors errors) {
        if (!(amount instanceof JsonString(var text))) errors.notNegative(amount, path);
        else if (!isPercent(text)) errors.invalid(path, text, "a valid percent string must be a numeric string followed by an ending '%'"
                + " (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')");
    }

    static void atMostAll(Json amount, String path, FieldErrors errors) {
        if (amount instanceof JsonString(var text) && isPercent(text) && number(amount) > WHOLE_PERCENT) {
            errors.invalid(path, text, "must not be greater than 100%");
        }
    }

    /// The number, or the number of percents.
    static long number(Json amount) {
        if (!(amount instanceof JsonString(var text))) return amount.integer(0L);
        return isPercent(text) && text.length() < 10 ? Long.parseLong(text.substring(0, text.length() - 1)) : 0;
    }

    private static boolean isPercent(String text) {
        return text.matches("[0-9]+%");
    }
}
